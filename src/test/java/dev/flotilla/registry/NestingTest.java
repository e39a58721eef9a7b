package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Objects nested so deep that they could be written and then never be read.
class NestingTest {
    private final Fixture world = new Fixture();
    private final ResourceType revisions = world.type("apps", "v1", "controllerrevisions");

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 400, 470, 480, 485, 490, 494, 495, 496, 497, 498, 499, 520})
    void whatIsTakenCanBeRead(int deep) {
        try {
            world.registry.create(revisions, "default", revision(deep), WriteOptions.NAMED);
        } catch (ApiFailure e) {
            assertThat(e.code()).isBetween(400, 499);
            assertThat(deep).as("what is plain is taken").isGreaterThan(400);
        }
        assertThat(
                        world.registry
                                .list(revisions, "", new ListQuery("", "", 0, "", "", null))
                                .items())
                .hasSizeLessThanOrEqualTo(1);
        assertThat(world.registry.cluster().list(ControllerRevision.class).items())
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void noPatchGrowsWithoutEnd() {
        world.create(revisions, revision(200));
        var deepest = "/data" + "/a".repeat(199);
        for (var patch :
                new String[] {
                    "[{'op':'copy','from':'/data','path':'%s/a'},{'op':'copy','from':'/data','path':'%s/b'}]",
                    "[{'op':'copy','from':'/data/a','path':'%s/a'}]",
                }) {
            var json = patch.replace("%s", deepest);
            assertThatThrownBy(() -> grow(json))
                    .isInstanceOf(ApiFailure.class)
                    .satisfies(e -> assertThat(((ApiFailure) e).code()).isBetween(400, 499));
        }
        assertThat(world.registry.cluster().list(ControllerRevision.class).items()).hasSize(1);
    }

    private void grow(String patch) {
        for (int i = 0; i < 20; i++) {
            world.patch(revisions, "deep", PatchType.JSON, patch);
        }
    }

    private static ObjectNode revision(int deep) {
        var object = JsonMapper.shared().createObjectNode();
        object.put("apiVersion", "apps/v1").put("kind", "ControllerRevision").put("revision", 1);
        object.putObject("metadata").put("name", "deep");
        var at = object.putObject("data");
        for (int i = 1; i < deep; i++) {
            at = at.putObject("a");
        }
        return object;
    }
}

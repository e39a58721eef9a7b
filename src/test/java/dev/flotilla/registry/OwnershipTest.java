package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Every write leaves in `metadata.managedFields` what Kubernetes would leave there.
class OwnershipTest {
    private final Fixture world = new Fixture();
    private final Registry registry = world.registry;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whoCreatesOwnsWhatWasSentAndFilledIn() {
        var made = registry.create(world.deployments, "default", Fixture.deployment("d"), as("me"));
        var entry = entries(made).getFirst();
        assertThat(Tree.text(entry, "manager")).isEqualTo("me");
        assertThat(Tree.text(entry, "operation")).isEqualTo("Update");
        assertThat(Tree.text(entry, "time")).isEqualTo("2026-05-01T12:00:00Z");
        assertThat(entry.path("fieldsV1"))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"f:spec":{"f:progressDeadlineSeconds":{},"f:replicas":{},
                                         "f:revisionHistoryLimit":{},"f:selector":{},
                                         "f:strategy":{"f:rollingUpdate":{".":{},"f:maxSurge":{},
                                          "f:maxUnavailable":{}},"f:type":{}},
                                         "f:template":{"f:metadata":{"f:labels":{".":{},"f:app":{}}},
                                          "f:spec":{"f:containers":{"k:{\\"name\\":\\"c\\"}":{
                                            ".":{},"f:image":{},"f:imagePullPolicy":{},"f:name":{},
                                            "f:resources":{},"f:terminationMessagePath":{},
                                            "f:terminationMessagePolicy":{}}},
                                           "f:dnsPolicy":{},"f:restartPolicy":{},
                                           "f:schedulerName":{},"f:securityContext":{},
                                           "f:terminationGracePeriodSeconds":{}}}}}
                                        """));
    }

    @Test
    void whoAppliesNothingOwnsItThoughItIsNotWritten() {
        var wanted = Fixture.pod("p");
        ((ObjectNode) wanted.at("/spec/containers/0")).put("tty", false);
        for (int i = 0; i < 2; i++) {
            var applied =
                    registry.apply(
                                    world.pods,
                                    new ObjectKey("default", "p"),
                                    Subresource.NONE,
                                    wanted,
                                    false,
                                    as("me"))
                            .object();
            assertThat(applied.at("/spec/containers/0").has("tty")).isFalse();
            assertThat(entries(applied)).hasSize(1);
            assertThat(entries(applied).getFirst().path("fieldsV1").toString())
                    .contains("\"f:tty\":{}");
        }
    }

    @Test
    void whoChangesTakes() {
        registry.create(world.configMaps, "default", map("{'a':'1','b':'1'}"), as("one"));
        world.passSeconds(60);
        var changed = patch("{'data':{'a':'2'}}", as("two"));
        var entries = entries(changed);
        assertThat(entries).extracting(e -> Tree.text(e, "manager")).containsExactly("one", "two");
        assertThat(entries.get(0).path("fieldsV1"))
                .isEqualTo(Fixture.json("{'f:data':{'.':{},'f:b':{}}}"));
        assertThat(entries.get(1).path("fieldsV1"))
                .isEqualTo(Fixture.json("{'f:data':{'f:a':{}}}"));
        assertThat(Tree.text(entries.get(1), "time")).isEqualTo("2026-05-01T12:01:00Z");
        var gone = patch("{'data':null}", as("two"));
        assertThat(entries(gone)).isEmpty();
    }

    @Test
    void aStatusHasAnEntryOfItsOwn() {
        registry.create(world.deployments, "default", Fixture.deployment("d"), as("me"));
        var written =
                registry.patch(
                        world.deployments,
                        Fixture.key(world.deployments, "d"),
                        Subresource.STATUS,
                        PatchType.MERGE,
                        Fixture.json("{'status':{'replicas':2},'metadata':{'managedFields':[]}}"),
                        as("me"));
        assertThat(entries(written))
                .extracting(e -> Tree.text(e, "subresource"))
                .containsExactly("", "status");
        assertThat(entries(written).get(1).path("fieldsV1"))
                .isEqualTo(Fixture.json("{'f:status':{'f:replicas':{}}}"));
    }

    @Test
    void anEmptyListForgetsTheOwnersAndNonsenseDoesNot() {
        registry.create(world.configMaps, "default", map("{'a':'1'}"), as("me"));
        assertThat(entries(patch("{'metadata':{'managedFields':[{'manager':'x'}]}}", as("me"))))
                .hasSize(1);
        assertThat(entries(patch("{'metadata':{'managedFields':null}}", as("me")))).hasSize(1);
        assertThat(entries(patch("{'metadata':{'managedFields':[{}]}}", as("me")))).isEmpty();
        assertThat(entries(patch("{'data':{'a':'2'}}", as("me")))).isEmpty();
    }

    @Test
    void theOldestOfTooManyBecomeOne() {
        registry.create(world.configMaps, "default", map("{'a':'1'}"), as("m0"));
        ObjectNode last = Tree.empty();
        for (int i = 1; i <= 12; i++) {
            world.passSeconds(60);
            last = patch("{'data':{'k%d':'1'}}".formatted(i), as("m" + i));
        }
        var entries = entries(last);
        assertThat(entries).hasSize(10);
        assertThat(Tree.text(entries.getFirst(), "manager")).isEqualTo("ancient-changes");
        assertThat(entries.getFirst().path("fieldsV1").toString())
                .contains("f:a", "f:k1", "f:k2", "f:k3")
                .doesNotContain("f:k4");
    }

    @Test
    void applyMakesAnObjectAndThenChangesNothing() {
        var wanted = map("{'a':'1'}");
        var first = apply(wanted, "me", false);
        assertThat(first.created()).isTrue();
        world.passSeconds(60);
        var second = apply(wanted, "me", false);
        assertThat(second.created()).isFalse();
        assertThat(second.object()).isEqualTo(first.object());
        assertThat(Long.toString(registry.revision())).isEqualTo(revision(first.object()));
    }

    @Test
    void aConflictIsA409WithItsCauses() {
        apply(map("{'a':'1'}"), "one", false);
        var failure = RegistryTest.failure(() -> apply(map("{'a':'2'}"), "two", false));
        assertThat(failure.code()).isEqualTo(409);
        assertThat(failure.reason()).isEqualTo("Conflict");
        assertThat(failure)
                .hasMessage("Apply failed with 1 conflict: conflict with \"one\": .data.a");
        assertThat(failure.status().at("/details/causes/0"))
                .hasToString(
                        "{\"reason\":\"FieldManagerConflict\",\"message\":\"conflict with"
                                + " \\\"one\\\"\",\"field\":\".data.a\"}");
    }

    @Test
    void applyRefusesEntriesAndOtherKindsAndOtherNames() {
        var wanted = map("{}");
        Tree.child(wanted, "metadata").putArray("managedFields");
        assertThat(RegistryTest.failure(() -> apply(wanted, "me", false)))
                .hasMessage("metadata.managedFields must be nil");
        assertThat(RegistryTest.failure(() -> apply(Fixture.pod("c"), "me", false)))
                .hasMessage("invalid object type: /v1, Kind=Pod");
        assertThat(RegistryTest.failure(() -> apply(Fixture.configMap("other", "1"), "me", false)))
                .hasMessage(
                        "the name of the object (other) does not match the name on the URL (c)");
    }

    @Test
    void aScaleIsAppliedToItsObject() {
        registry.create(world.deployments, "default", Fixture.deployment("d"), as("me"));
        var key = Fixture.key(world.deployments, "d");
        var scale =
                Fixture.json(
                        "{'apiVersion':'autoscaling/v1','kind':'Scale','metadata':{'name':'d'},"
                                + "'spec':{'replicas':7}}");
        assertThat(
                        RegistryTest.failure(
                                () ->
                                        registry.apply(
                                                world.deployments,
                                                key,
                                                Subresource.SCALE,
                                                scale,
                                                false,
                                                as("s"))))
                .hasMessageContaining("conflict with \"me\" using apps/v1: .spec.replicas");
        var scaled =
                registry.apply(world.deployments, key, Subresource.SCALE, scale, true, as("s"));
        assertThat(Tree.text(scaled.object(), "kind")).isEqualTo("Scale");
        var whole = world.get(world.deployments, "d");
        assertThat(Tree.number(whole, 0, "spec", "replicas")).isEqualTo(7);
        assertThat(entries(whole).getFirst().path("fieldsV1"))
                .isEqualTo(Fixture.json("{'f:spec':{'f:replicas':{}}}"));
        assertThat(Tree.text(entries(whole).getFirst(), "subresource")).isEqualTo("scale");
    }

    private Applied apply(ObjectNode wanted, String who, boolean force) {
        var key = Fixture.key(world.configMaps, "c");
        return registry.apply(world.configMaps, key, Subresource.NONE, wanted, force, as(who));
    }

    private ObjectNode patch(String patch, WriteOptions options) {
        return registry.patch(
                world.configMaps,
                Fixture.key(world.configMaps, "c"),
                Subresource.NONE,
                PatchType.MERGE,
                Fixture.json(patch),
                options);
    }

    private static ObjectNode map(String data) {
        return Fixture.json(
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'c'},'data':%s}"
                        .formatted(data));
    }

    private static String revision(JsonNode object) {
        return Tree.text(object, "metadata", "resourceVersion");
    }

    private static List<ObjectNode> entries(JsonNode object) {
        return Tree.objects(object, "metadata", "managedFields");
    }

    private static WriteOptions as(String manager) {
        return new WriteOptions(false, FieldValidation.STRICT, manager, _ -> {});
    }
}

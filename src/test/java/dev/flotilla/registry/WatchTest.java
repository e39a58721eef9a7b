package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

/// Lists in parts, and watches through selectors.
class WatchTest {
    private final Fixture world = new Fixture();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anObjectComesAndGoesWithItsLabels() {
        world.create(world.configMaps, Fixture.configMap("c", "1"));
        long since = world.registry.revision();
        label("{'metadata':{'labels':{'a':'1'}}}");
        label("{'data':{'k':'2'}}");
        label("{'metadata':{'labels':{'a':null}}}");
        label("{'data':{'k':'3'}}");
        label("{'metadata':{'labels':{'a':'1'}}}");
        world.registry.delete(
                world.configMaps, Fixture.key(world.configMaps, "c"), DeleteOptions.PLAIN);
        var expected = List.of("ADDED", "MODIFIED", "DELETED", "ADDED", "DELETED");
        assertThat(seen("a=1", "", since)).isEqualTo(expected);
        assertThat(seen("a", "metadata.name=c", since)).isEqualTo(expected);
        assertThat(seen("!a", "", since))
                .as("it was without the label before")
                .isEqualTo(List.of("DELETED", "ADDED", "MODIFIED", "DELETED"));
        assertThat(seen("a=2", "", since)).isEmpty();
        assertThat(seen("", "metadata.name!=c", since)).isEmpty();
        assertThat(seen("", "", since)).hasSize(6).startsWith("MODIFIED").endsWith("DELETED");
    }

    @Test
    void aWatchFromTheFutureIsRefused() {
        assertThat(
                        RegistryTest.failure(
                                        () ->
                                                world.registry.watch(
                                                        world.pods, "", ListQuery.ALL, 10_000))
                                .code())
                .isEqualTo(504);
    }

    @Test
    void thePartsOfAListAreOfOneMoment() {
        IntStream.range(0, 7)
                .forEach(i -> world.create(world.configMaps, Fixture.configMap("c" + i, "1")));
        var first = part("", 3);
        assertThat(first.items()).hasSize(3);
        assertThat(first.remaining()).isEqualTo(5);
        world.registry.delete(
                world.configMaps, Fixture.key(world.configMaps, "c4"), DeleteOptions.PLAIN);
        world.create(world.configMaps, Fixture.configMap("c5a", "1"));
        var second = part(first.continueToken(), 3);
        var third = part(second.continueToken(), 3);
        assertThat(second.items())
                .extracting(c -> Tree.text(c, "metadata", "name"))
                .containsExactly("c3", "c4", "c5");
        assertThat(third.items())
                .extracting(c -> Tree.text(c, "metadata", "name"))
                .as("with the roots of the namespace")
                .containsExactly("c6", "kube-root-ca.crt");
        assertThat(third.continueToken()).isEmpty();
        assertThat(third.revision()).isEqualTo(first.revision());
    }

    @Test
    void badQueriesAreSaidToBeBad() {
        for (var query :
                List.of(
                        ListQuery.where("a in (", ""),
                        ListQuery.where("=", ""),
                        ListQuery.where("", "spec.frob=1"),
                        ListQuery.where("", "x"),
                        new ListQuery("", "", 1, "%%%", "", null),
                        new ListQuery("", "", 1, "e30", "", null),
                        new ListQuery("", "", 0, "", "x", null))) {
            var failure =
                    RegistryTest.failure(
                            () -> world.registry.list(world.configMaps, "default", query));
            assertThat(failure.code()).as(query.toString()).isIn(400, 410);
        }
    }

    private ResourceList part(String token, int limit) {
        return world.registry.list(
                world.configMaps, "default", new ListQuery("", "", limit, token, "", null));
    }

    private void label(String patch) {
        world.patch(world.configMaps, "c", PatchType.MERGE, patch);
    }

    private List<String> seen(String labels, String fields, long since) {
        try (var watch =
                world.registry.watch(
                        world.configMaps, "default", ListQuery.where(labels, fields), since)) {
            return watch.poll(100).stream().map(e -> e.type().name()).toList();
        }
    }
}

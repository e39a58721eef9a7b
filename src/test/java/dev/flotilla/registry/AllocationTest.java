package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Store;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// Many at once create, change and delete services: no address and no port is ever had twice, and
/// none is lost.
class AllocationTest {
    private static final int WRITERS = 16;
    private static final int STEPS = 20;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothingIsHadTwiceAndNothingIsLost(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        try (var store = Store.inMemory(() -> Instant.EPOCH)) {
            var registry = new Registry(store, () -> Instant.EPOCH, random.split(), "10.43.0.0/23");
            var services = registry.type("", "v1", "services").orElseThrow();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var all = new ArrayList<Callable<Void>>();
                for (int i = 0; i < WRITERS; i++) {
                    var own = random.split();
                    int number = i;
                    all.add(
                            () -> {
                                for (int step = 0; step < STEPS; step++) {
                                    step(registry, services, "s" + number + "-" + step % 5, own);
                                }
                                return null;
                            });
                }
                for (var done : threads.invokeAll(all)) {
                    done.get();
                }
            }
            check(registry, store, services);
        }
    }

    private static void step(
            Registry registry, ResourceType services, String name, SplittableRandom random) {
        var key = new ObjectKey("default", name);
        try {
            switch (random.nextInt(4)) {
                case 0 -> registry.delete(services, key, DeleteOptions.PLAIN);
                case 1 ->
                        registry.patch(
                                services,
                                key,
                                Subresource.NONE,
                                PatchType.MERGE,
                                Fixture.json(
                                        random.nextBoolean()
                                                ? "{'spec':{'type':'ClusterIP'}}"
                                                : "{'spec':{'type':'ExternalName','externalName':'a.b'}}"),
                                WriteOptions.PLAIN);
                default -> {
                    // All want the same few, and get others if these are taken.
                    var asked =
                            random.nextInt(3) == 0
                                    ? ",'clusterIP':'10.43.0.%d'".formatted(2 + random.nextInt(20))
                                    : "";
                    registry.create(
                            services,
                            "default",
                            Fixture.json(
                                    "{'metadata':{'name':'%s'},'spec':{'type':'NodePort','ports':[{'name':'a','port':80},{'name':'b','port':81}]%s}}"
                                            .formatted(name, asked)),
                            WriteOptions.PLAIN);
                }
            }
        } catch (ApiFailure e) {
            assertThat(e.code()).as(e.getMessage()).isIn(404, 409, 422);
        }
    }

    private static void check(Registry registry, Store store, ResourceType services) {
        var had = new HashSet<String>();
        for (var service : registry.list(services, "", ListQuery.ALL).items()) {
            var ip = Tree.text(service, "spec", "clusterIP");
            if (!ip.isEmpty()) {
                assertThat(had.add("clusterips/" + ip)).as(ip + " is had once").isTrue();
            }
            for (ObjectNode port : Tree.objects(service, "spec", "ports")) {
                long number = Tree.number(port, 0, "nodePort");
                if (number != 0) {
                    assertThat(had.add("nodeports/" + number)).as("port " + number).isTrue();
                }
            }
        }
        assertThat(store.list("/claims/").entries())
                .extracting(e -> e.key().substring("/claims/".length()))
                .containsExactlyInAnyOrderElementsOf(had);
    }
}

package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Informers;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.registry.Registry;
import dev.flotilla.store.Store;

import io.fabric8.kubernetes.api.model.Pod;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The loops as they run in the app: many virtual threads, the system's clock.
class LoopsOnThreadsTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int REPLICAS = 30;

    @Test
    @Timeout(120)
    void manyReplicasRunAndAreSpread() throws Exception {
        try (var store = Store.inMemory(CLOCK)) {
            var cluster = new Registry(store, CLOCK, new SplittableRandom(1)).cluster();
            var commits = new ArrayBlockingQueue<Boolean>(1);
            store.onCommit(
                    () -> {
                        boolean _ = commits.offer(true);
                    });
            var kubelet = new Pretender(cluster, CLOCK, new SplittableRandom(2));
            var nodes = List.of("n1", "n2", "n3");
            nodes.forEach(n -> World.addNode(cluster, n, 8000));
            try (var informers = new Informers(cluster);
                    var controllers =
                            Controllers.all(
                                    cluster,
                                    informers,
                                    CLOCK,
                                    new SplittableRandom(3),
                                    Thread::startVirtualThread,
                                    "")) {
                informers.start();
                controllers.start();
                var draft = People.draft("default", "web", REPLICAS, 10, 0);
                assertThat(cluster.create(draft).done()).isTrue();
                while (cluster.list(Pod.class).items().stream().filter(PodState::ready).count()
                        < REPLICAS) {
                    if (!kubelet.step()) {
                        var _ = commits.poll(100, TimeUnit.MILLISECONDS);
                    }
                }
            }
            var counts = new HashMap<String, Integer>();
            cluster.list(Pod.class)
                    .items()
                    .forEach(p -> counts.merge(p.getSpec().getNodeName(), 1, Integer::sum));
            assertThat(counts)
                    .containsOnlyKeys(nodes)
                    .allSatisfy((_, n) -> assertThat(n).isEqualTo(10));
        }
    }
}

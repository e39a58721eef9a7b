package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.deployment.Revisions;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.Registry;
import dev.flotilla.store.Snapshot;
import dev.flotilla.store.Store;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

import org.slf4j.LoggerFactory;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/// A whole cluster in one thread: the real store, registry and loops, nodes that pretend, a clock
/// that waits, and faults; all from one seed.
final class World implements AutoCloseable {
    static final String AUTHORITY = "the authority's certificate";
    private static final int PATIENCE = 20_000;

    final SplittableRandom random;
    final Registry registry;
    final Cluster truth;
    final Pretender kubelet;
    private final Store store;
    private final Faulty faulty;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Informers informers;
    private Controllers controllers;

    World(long seed, double faults) {
        this(seed, faults, Newborn.CLUSTER);
    }

    /// @param from what is in the store at first
    private World(long seed, double faults, Snapshot from) {
        ((Logger) LoggerFactory.getLogger(Loop.class)).setLevel(Level.OFF);
        random = new SplittableRandom(seed);
        store = Store.simulated(() -> now, from);
        registry = new Registry(store, () -> now, random.split());
        truth = registry.cluster();
        faulty = new Faulty(truth, random, faults);
        kubelet = new Pretender(truth, () -> now, random);
        informers = new Informers(faulty);
        controllers =
                Controllers.all(
                        faulty, informers, () -> now, random.split(), Runnable::run, AUTHORITY);
    }

    /// A cluster that has furnished itself, lived once for all worlds.
    private static final class Newborn {
        private static final Snapshot CLUSTER = born();

        private static Snapshot born() {
            try (var world = new World(0, 0, new Snapshot(0, List.of()))) {
                world.calm();
                return world.store.list("");
            }
        }
    }

    /// The master dies and starts again: all it knows is in the store.
    void restart() {
        controllers.close();
        informers.close();
        informers = new Informers(faulty);
        controllers =
                Controllers.all(
                        faulty, informers, () -> now, random.split(), Runnable::run, AUTHORITY);
    }

    /// From now on so many writes fail.
    void trouble(double rate) {
        faulty.rate(rate);
    }

    ObjectNode review(ObjectNode question) {
        return controllers.placementReviews().apply(question);
    }

    ObjectNode rebalanceReview(ObjectNode question) {
        return controllers.rebalanceReviews().apply(question);
    }

    boolean step() {
        return controllers.step(random);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Instant now() {
        return now;
    }

    /// No more faults; steps until nothing is left to do.
    void calm() {
        faulty.rate(0);
        for (int i = 0; i < PATIENCE; i++) {
            boolean worked = step();
            if (!kubelet.step() && !worked) {
                var next = controllers.next();
                if (next.isEmpty() || next.get().isAfter(now.plus(Duration.ofMinutes(2)))) {
                    return;
                }
                now = next.get().isAfter(now) ? next.get() : now;
            }
        }
        throw new AssertionError(
                "still not settled: " + all(Pod.class).stream().map(World::line).toList());
    }

    /// No more faults; all that is due in this time happens.
    void live(Duration time) {
        faulty.rate(0);
        var end = now.plus(time);
        while (true) {
            boolean worked = step();
            if (!kubelet.step() && !worked) {
                var next = controllers.next().filter(at -> at.isBefore(end));
                if (next.isEmpty()) {
                    now = end;
                    return;
                }
                now = next.get().isAfter(now) ? next.get() : now;
            }
        }
    }

    /// All objects of a kind, cheaply, for who looks after every step.
    <T extends HasMetadata> Collection<T> seen(Class<T> kind) {
        return kubelet.seen(kind);
    }

    /// A node, cheaply.
    Optional<Node> node(String name) {
        return kubelet.node(name);
    }

    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return truth.list(kind).items();
    }

    Deployment deployment(String name) {
        return truth.get(Deployment.class, new ObjectKey("default", name)).orElseThrow();
    }

    /// The pods of a deployment that are neither over nor leaving.
    List<Pod> pods(String deployment) {
        return all(Pod.class).stream()
                .filter(PodState::active)
                .filter(p -> deployment.equals(Owners.labels(p).get("app")))
                .toList();
    }

    ReplicaSet current(String deployment) {
        return Revisions.current(deployment(deployment), all(ReplicaSet.class)).orElseThrow();
    }

    <T extends HasMetadata> void edit(T object, UnaryOperator<T> change) {
        assertThat(truth.update(object, change.apply(object))).isInstanceOf(Written.Done.class);
    }

    void addNode(String name, int cpuMillis) {
        addNode(truth, name, cpuMillis);
    }

    /// Nothing, if it is there.
    static void addNode(Cluster cluster, String name, int cpuMillis) {
        var node =
                new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("kubernetes.io/hostname", name)
                        .endMetadata()
                        .withNewStatus()
                        .addToAllocatable("cpu", new Quantity(cpuMillis + "m"))
                        .addToAllocatable("memory", new Quantity("8Gi"))
                        .addToAllocatable("pods", new Quantity("110"))
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build();
        if (cluster.create(node) instanceof Written.Done<Node>(var created)) {
            cluster.updateStatus(
                    created, new NodeBuilder(created).withStatus(node.getStatus()).build());
        }
    }

    void removeNode(String name) {
        truth.get(Node.class, ObjectKey.of(name)).ifPresent(n -> truth.delete(n, Deletion.NOW));
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    static String line(Pod pod) {
        return "%s on %s %s%s%s %s"
                .formatted(
                        pod.getMetadata().getName(),
                        PodState.node(pod),
                        PodState.phase(pod),
                        PodState.ready(pod) ? " ready" : "",
                        Owners.leaving(pod) ? " leaving" : "",
                        Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), ""));
    }

    @Override
    public void close() {
        controllers.close();
        informers.close();
        store.close();
    }
}

package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Whole clusters, most of them small and some of up to 200 nodes, with everything in them that
/// keeps pods, under people and faults that a seed chooses: what [Watchers] watch holds after every
/// step, and once it is calm all is as it was wished.
class FleetSimulationTest {
    private static final int SEEDS = 60;

    /// Every so many seeds one is large.
    private static final int LARGE = 100;

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("flotilla.seeds", SEEDS));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void boundsHoldAndAllEndsAsWished(long seed) {
        try (var world = new World(seed, 0)) {
            boolean large = seed % LARGE == LARGE - 1;
            int nodes = large ? 50 + world.random.nextInt(151) : 1 + world.random.nextInt(4);
            IntStream.range(0, nodes).forEach(i -> world.addNode("n" + i, 4000));
            var fleet = new Fleet(world, nodes, large ? 40 : 4);
            fleet.launch();
            world.live(Duration.ofSeconds(30));
            world.trouble(0.1);
            var watchers = new Watchers(world);
            for (int i = 0; i < (large ? 60 : 40); i++) {
                fleet.something(watchers);
            }
            fleet.repair();
            world.live(Duration.ofMinutes(6));
            fleet.asWished();
        }
    }

    /// What people and fate do, and what they wish.
    private record Fleet(World world, int nodes, int most) {

        void launch() {
            made(deployment());
            if (random().nextInt(2) == 0) {
                made(budget());
            }
            switch (random().nextInt(4)) {
                case 0 -> made(stateful());
                case 1 -> made(daemon());
                case 2 -> made(second());
                default -> {}
            }
        }

        void something(Watchers watchers) {
            switch (random().nextInt(20)) {
                case 0 -> scale();
                case 1, 2 -> update();
                case 3 -> world.kubelet.crashOne();
                case 4 -> world.kubelet.failOne();
                case 5 -> {
                    var pods = world.all(Pod.class);
                    if (!pods.isEmpty()) {
                        world.truth.delete(world.pick(pods), Deletion.GRACEFUL);
                    }
                }
                case 6 -> {
                    if (random().nextInt(3) == 0) {
                        world.removeNode("n" + random().nextInt(nodes));
                    }
                }
                case 7 -> world.addNode("n" + random().nextInt(nodes), 4000);
                case 8 -> world.restart();
                case 9, 10 -> world.pass(Duration.ofMillis(random().nextInt(20_000)));
                case 11 -> cordon("n" + random().nextInt(nodes), random().nextBoolean());
                case 12, 13, 14 -> world.kubelet.step();
                default -> {
                    for (int i = 0; i < 4; i++) {
                        watchers.look();
                        world.step();
                        watchers.judge();
                    }
                }
            }
        }

        private void scale() {
            int replicas = random().nextInt(most + 1);
            if (random().nextInt(4) == 0) {
                world.all(StatefulSet.class)
                        .forEach(
                                s ->
                                        world.edit(
                                                s,
                                                set ->
                                                        new StatefulSetBuilder(set)
                                                                .editSpec()
                                                                .withReplicas(Math.min(replicas, 5))
                                                                .endSpec()
                                                                .build()));
            } else {
                new People(world).resize("web", replicas);
            }
        }

        private void update() {
            var image = "web:" + random().nextInt(3);
            if (random().nextInt(3) > 0) {
                new People(world).image("web", image);
                return;
            }
            world.all(StatefulSet.class)
                    .forEach(
                            s ->
                                    world.edit(
                                            s,
                                            set ->
                                                    new StatefulSetBuilder(set)
                                                            .editSpec()
                                                            .withTemplate(
                                                                    SetsSimulationTest.template(
                                                                            "db", image))
                                                            .endSpec()
                                                            .build()));
            world.all(DaemonSet.class)
                    .forEach(
                            s ->
                                    world.edit(
                                            s,
                                            set ->
                                                    new DaemonSetBuilder(set)
                                                            .editSpec()
                                                            .withTemplate(
                                                                    SetsSimulationTest.template(
                                                                            "agent", image))
                                                            .endSpec()
                                                            .build()));
        }

        private void cordon(String node, boolean closed) {
            world.all(Node.class).stream()
                    .filter(n -> n.getMetadata().getName().equals(node))
                    .forEach(
                            n ->
                                    world.edit(
                                            n,
                                            old ->
                                                    new NodeBuilder(old)
                                                            .editOrNewSpec()
                                                            .withUnschedulable(closed)
                                                            .endSpec()
                                                            .build()));
        }

        /// All nodes are there and open.
        void repair() {
            IntStream.range(0, nodes).forEach(i -> world.addNode("n" + i, 4000));
            world.all(Node.class).stream()
                    .filter(n -> Boolean.TRUE.equals(n.getSpec().getUnschedulable()))
                    .forEach(n -> cordon(n.getMetadata().getName(), false));
        }

        void asWished() {
            for (var deployment : world.all(Deployment.class)) {
                var name = deployment.getMetadata().getName();
                int wanted = deployment.getSpec().getReplicas();
                assertThat(world.pods(name))
                        .as("pods of " + name)
                        .hasSize(wanted)
                        .allMatch(PodState::ready)
                        .allMatch(p -> image(p).equals(image(deployment)));
                assertThat(count(deployment.getStatus().getAvailableReplicas())).isEqualTo(wanted);
                assertThat(count(deployment.getStatus().getUpdatedReplicas())).isEqualTo(wanted);
            }
            for (var set : world.all(StatefulSet.class)) {
                assertThat(world.pods("db"))
                        .allMatch(PodState::ready)
                        .extracting(p -> p.getMetadata().getName())
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, set.getSpec().getReplicas())
                                        .mapToObj(i -> "db-" + i)
                                        .toList());
            }
            if (!world.all(DaemonSet.class).isEmpty()) {
                assertThat(world.pods("agent")).hasSize(nodes).allMatch(PodState::ready);
            }
            assertThat(world.all(Pod.class)).noneMatch(Owners::leaving);
        }

        private static String image(Pod pod) {
            return pod.getSpec().getContainers().getFirst().getImage();
        }

        private static String image(Deployment deployment) {
            return deployment
                    .getSpec()
                    .getTemplate()
                    .getSpec()
                    .getContainers()
                    .getFirst()
                    .getImage();
        }

        private Deployment deployment() {
            int replicas = 1 + random().nextInt(most);
            int surge = random().nextInt(3);
            var draft =
                    People.draft(
                            "default",
                            "web",
                            replicas,
                            surge,
                            surge == 0 ? 1 : random().nextInt(3));
            if (random().nextInt(8) == 0) {
                return new DeploymentBuilder(draft)
                        .editSpec()
                        .withNewStrategy()
                        .withType("Recreate")
                        .endStrategy()
                        .endSpec()
                        .build();
            }
            return new DeploymentBuilder(draft)
                    .editSpec()
                    .withMinReadySeconds(random().nextInt(3) == 0 ? 3 : 0)
                    .endSpec()
                    .build();
        }

        private Deployment second() {
            return People.draft("default", "api", 1 + random().nextInt(3), 1, 0);
        }

        private HasMetadata budget() {
            return new PodDisruptionBudgetBuilder()
                    .withNewMetadata()
                    .withNamespace("default")
                    .withName("web")
                    .endMetadata()
                    .withNewSpec()
                    .withMaxUnavailable(new IntOrString(1))
                    .withNewSelector()
                    .withMatchLabels(Map.of("app", "web"))
                    .endSelector()
                    .endSpec()
                    .build();
        }

        private HasMetadata stateful() {
            return SetsSimulationTest.stateful(random().nextBoolean());
        }

        private HasMetadata daemon() {
            return SetsSimulationTest.daemon(random().nextInt(2));
        }

        private SplittableRandom random() {
            return world.random;
        }

        private void made(HasMetadata object) {
            if (world.truth.create(object)
                    instanceof Written.Refused<HasMetadata>(var reason, var message)) {
                throw new AssertionError(reason + ": " + message);
            }
        }
    }

    /// None is not written.
    private static int count(@Nullable Integer written) {
        return Objects.requireNonNullElse(written, 0);
    }
}

package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Whatever people do and whatever breaks: a node never has more pods of a DaemonSet than its surge
/// allows, and once it is calm the DaemonSet and the StatefulSet are as they were wished.
class SetsSimulationTest {
    @TestFactory
    Stream<DynamicTest> endAsWished() {
        return Worlds.of(SetsSimulationTest.class, 0, 4, SetsSimulationTest::live);
    }

    private static void live(long seed) {
        try (var world = new World(seed, 0.1)) {
            int surge = world.random.nextInt(2);
            People.NODES.forEach(n -> world.addNode(n, 8000));
            made(world.truth.create(daemon(surge)));
            made(world.truth.create(stateful(world.random.nextBoolean())));
            for (int i = 0; i < 250; i++) {
                something(world);
                atMostOnANode(world, 1 + surge);
            }
            People.NODES.forEach(n -> world.addNode(n, 8000));
            world.calm();
            daemonAsWished(world);
            statefulAsWished(world);
            assertThat(world.all(ControllerRevision.class)).hasSizeLessThanOrEqualTo(2 * 4);
        }
    }

    private static void something(World world) {
        switch (world.random.nextInt(30)) {
            case 0 -> scale(world);
            case 1 -> update(world);
            case 2 -> {
                var pods = world.all(Pod.class);
                if (!pods.isEmpty()) {
                    world.truth.delete(world.pick(pods), Deletion.GRACEFUL);
                }
            }
            case 3 -> world.kubelet.crashOne();
            case 4 -> world.kubelet.failOne();
            case 5 -> world.restart();
            case 6 -> {
                if (world.random.nextInt(3) == 0) {
                    world.removeNode(world.pick(People.NODES));
                }
            }
            case 7 -> world.addNode(world.pick(People.NODES), 8000);
            case 8 -> world.pass(Duration.ofSeconds(world.random.nextInt(20)));
            case 9, 10, 11, 12, 13, 14, 15 -> world.kubelet.step();
            default -> world.step();
        }
    }

    private static void scale(World world) {
        int replicas = world.random.nextInt(5);
        world.edit(
                set(world),
                s -> new StatefulSetBuilder(s).editSpec().withReplicas(replicas).endSpec().build());
    }

    private static void update(World world) {
        var image = "web:" + world.random.nextInt(3);
        if (world.random.nextBoolean()) {
            world.edit(
                    set(world),
                    s ->
                            new StatefulSetBuilder(s)
                                    .editSpec()
                                    .withTemplate(template("db", image))
                                    .endSpec()
                                    .build());
        } else {
            world.edit(
                    daemon(world),
                    s ->
                            new DaemonSetBuilder(s)
                                    .editSpec()
                                    .withTemplate(template("agent", image))
                                    .endSpec()
                                    .build());
        }
    }

    private static void atMostOnANode(World world, int most) {
        Map<String, Integer> counts = new HashMap<>();
        for (var pod : of(world, "agent")) {
            var node = PodState.node(pod);
            if (node != null && !PodState.over(pod)) {
                counts.merge(node, 1, Integer::sum);
            }
        }
        assertThat(counts.values()).allMatch(n -> n <= most, "at most " + most);
    }

    private static void daemonAsWished(World world) {
        var image = image(daemon(world).getSpec().getTemplate());
        assertThat(of(world, "agent").stream().filter(PodState::active))
                .allMatch(PodState::ready)
                .allMatch(p -> p.getSpec().getContainers().getFirst().getImage().equals(image))
                .extracting(PodState::node)
                .containsExactlyInAnyOrderElementsOf(
                        world.all(Node.class).stream()
                                .map(n -> n.getMetadata().getName())
                                .toList());
        var status = daemon(world).getStatus();
        assertThat(
                        List.of(
                                status.getCurrentNumberScheduled(),
                                status.getNumberReady(),
                                Objects.requireNonNullElse(status.getNumberAvailable(), 0),
                                Objects.requireNonNullElse(status.getUpdatedNumberScheduled(), 0)))
                .containsOnly(status.getDesiredNumberScheduled());
    }

    private static void statefulAsWished(World world) {
        var set = set(world);
        int replicas = set.getSpec().getReplicas();
        var image = image(set.getSpec().getTemplate());
        assertThat(of(world, "db"))
                .allMatch(PodState::ready)
                .allMatch(p -> p.getSpec().getContainers().getFirst().getImage().equals(image))
                .extracting(p -> p.getMetadata().getName())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, replicas).mapToObj(i -> "db-" + i).toList());
        var status = set.getStatus();
        assertThat(status.getReplicas()).isEqualTo(replicas);
        assertThat(Objects.requireNonNullElse(status.getAvailableReplicas(), 0))
                .isEqualTo(replicas);
        assertThat(status.getCurrentRevision()).isEqualTo(status.getUpdateRevision());
    }

    private static String image(PodTemplateSpec template) {
        return template.getSpec().getContainers().getFirst().getImage();
    }

    private static List<Pod> of(World world, String app) {
        return world.all(Pod.class).stream()
                .filter(p -> app.equals(p.getMetadata().getLabels().get("app")))
                .toList();
    }

    private static DaemonSet daemon(World world) {
        return world.truth.get(DaemonSet.class, new ObjectKey("default", "agent")).orElseThrow();
    }

    private static StatefulSet set(World world) {
        return world.truth.get(StatefulSet.class, new ObjectKey("default", "db")).orElseThrow();
    }

    private static void made(Written<?> written) {
        assertThat(written).isInstanceOf(Written.Done.class);
    }

    static PodTemplateSpec template(String app, String image) {
        var template = Given.template(image);
        template.getMetadata().setLabels(Map.of("app", app));
        return template;
    }

    static DaemonSet daemon(int surge) {
        return new DaemonSetBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("agent")
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("app", "agent")
                .endSelector()
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString(surge))
                .withMaxUnavailable(new IntOrString(1 - surge))
                .endRollingUpdate()
                .endUpdateStrategy()
                .withTemplate(template("agent", "web:1"))
                .endSpec()
                .build();
    }

    static StatefulSet stateful(boolean parallel) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("db")
                .endMetadata()
                .withNewSpec()
                .withReplicas(3)
                .withServiceName("db")
                .withPodManagementPolicy(parallel ? "Parallel" : "OrderedReady")
                .withNewSelector()
                .addToMatchLabels("app", "db")
                .endSelector()
                .withTemplate(template("db", "web:1"))
                .endSpec()
                .build();
    }
}

package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Nodes go and come back under apps of every size, with writes that fail: pods move back one at a
/// time, no app has ever fewer available pods because of it, and it comes to an end.
class RebalanceSimulationTest {
    private static final int APPS = 4;

    @TestFactory
    Stream<DynamicTest> evenAgainWithNothingMissing() {
        return Worlds.of(RebalanceSimulationTest.class, 0, 6, RebalanceSimulationTest::live);
    }

    private static void live(long seed) {
        try (var world = new World(seed, 0)) {
            int nodes = 2 + world.random.nextInt(4);
            for (int i = 0; i < nodes; i++) {
                world.addNode("n" + i, 8000);
            }
            for (int i = 0; i < APPS; i++) {
                deploy(world, "app" + i, 1 + world.random.nextInt(8));
            }
            world.live(Duration.ofMinutes(2));
            for (int i = world.random.nextInt(nodes); i >= 0; i--) {
                world.removeNode("n" + i);
            }
            world.addNode("spare", 8000);
            world.live(Duration.ofMinutes(3));
            for (int i = 0; i < nodes; i++) {
                world.addNode("n" + i, 8000);
            }
            world.live(Duration.ofSeconds(30));
            world.trouble(0.05);
            var moved = new HashSet<String>();
            for (int i = 0; i < 150; i++) {
                switch (world.random.nextInt(12)) {
                    case 0 -> world.restart();
                    case 1, 2, 3 -> world.pass(Duration.ofMillis(world.random.nextInt(20_000)));
                    case 4, 5, 6 -> world.kubelet.step();
                    default -> world.step();
                }
                nothingMissing(world);
                oneAtATime(world, moved);
            }
            world.live(Duration.ofHours(1));
            nothingMissing(world);
            oneAtATime(world, moved);
            for (var deployment : world.all(Deployment.class)) {
                if (!out(deployment)) {
                    even(world, deployment.getMetadata().getName());
                }
            }
            var settled = world.all(Pod.class);
            world.live(Duration.ofHours(2));
            assertThat(world.all(Pod.class)).as("nothing moves any more").isEqualTo(settled);
            var review = world.rebalanceReview(JsonMapper.shared().createObjectNode());
            assertThat(review.at("/status/moves")).isEmpty();
        }
    }

    @Test
    void saysWhatItWouldDoThenDoesItAndSaysWhy() {
        try (var world = new World(1, 0)) {
            world.addNode("n1", 8000);
            world.addNode("n2", 8000);
            assertThat(world.truth.create(People.draft("default", "web", 6, 1, 0)).done()).isTrue();
            assertThat(world.truth.create(opted(People.draft("default", "api", 6, 1, 0))).done())
                    .isTrue();
            world.live(Duration.ofMinutes(5));
            world.addNode("n3", 8000);
            world.live(Duration.ofSeconds(50));
            var review = world.rebalanceReview(JsonMapper.shared().createObjectNode());
            assertThat(review.at("/status/moves")).hasSize(2);
            var first = review.at("/status/moves/0");
            assertThat(first.path("app").asString()).isEqualTo("Deployment default/web");
            assertThat(first.path("to").asString()).isEqualTo("n3");
            assertThat(first.path("reason").asString())
                    .isEqualTo("it lies unevenly over the nodes: {n1=3, n2=3}");
            assertThat(review.at("/status/held/0/app").asString())
                    .isEqualTo("Deployment default/api");
            world.live(Duration.ofMinutes(20));
            assertThat(counts(world, "web")).isEqualTo(Map.of("n1", 2, "n2", 2, "n3", 2));
            assertThat(counts(world, "api")).isEqualTo(Map.of("n1", 3, "n2", 3));
            assertThat(world.all(Event.class))
                    .filteredOn(e -> e.getReason().equals("Rebalancing"))
                    .hasSize(2)
                    .allMatch(e -> e.getInvolvedObject().getKind().equals("Pod"))
                    .allMatch(e -> e.getMessage().contains(" to n3: it lies unevenly"));
        }
    }

    private static void deploy(World world, String name, int replicas) {
        var draft = People.draft("default", name, replicas, 1, 0);
        boolean out = world.random.nextInt(5) == 0;
        assertThat(world.truth.create(out ? opted(draft) : draft).done()).isTrue();
        if (world.random.nextBoolean()) {
            assertThat(world.truth.create(budget(name, replicas)).done()).isTrue();
        }
    }

    private static Deployment opted(Deployment draft) {
        draft.getMetadata().getAnnotations().put(Marks.REBALANCE, "false");
        return draft;
    }

    private static boolean out(Deployment deployment) {
        return "false".equals(Owners.notes(deployment).get(Marks.REBALANCE));
    }

    private static PodDisruptionBudget budget(String app, int replicas) {
        return new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(app)
                .endMetadata()
                .withNewSpec()
                .withMinAvailable(new IntOrString(replicas - 1))
                .withNewSelector()
                .addToMatchLabels("app", app)
                .endSelector()
                .endSpec()
                .build();
    }

    private static void nothingMissing(World world) {
        for (var deployment : world.all(Deployment.class)) {
            var name = deployment.getMetadata().getName();
            long ready = world.pods(name).stream().filter(PodState::ready).count();
            assertThat(ready)
                    .as("ready pods of " + name)
                    .isGreaterThanOrEqualTo(deployment.getSpec().getReplicas());
        }
        for (var budget : world.all(PodDisruptionBudget.class)) {
            var status = budget.getStatus();
            assertThat(Objects.requireNonNullElse(status.getCurrentHealthy(), 0))
                    .isGreaterThanOrEqualTo(
                            Objects.requireNonNullElse(status.getDesiredHealthy(), 0));
        }
    }

    private static void oneAtATime(World world, Set<String> moved) {
        var moving =
                world.all(Pod.class).stream()
                        .filter(PodState::active)
                        .filter(p -> Owners.notes(p).containsKey(Marks.MOVE_TO))
                        .toList();
        assertThat(moving).as("moving pods").hasSizeLessThanOrEqualTo(1);
        for (var pod : moving) {
            assertThat(Owners.labels(pod).get("app")).isNotNull();
            moved.add(pod.getMetadata().getUid());
        }
    }

    private static void even(World world, String app) {
        var counts = new HashMap<>(counts(world, app));
        var nodes = world.all(Node.class).stream().map(n -> n.getMetadata().getName()).toList();
        nodes.forEach(n -> counts.putIfAbsent(n, 0));
        int most = counts.values().stream().max(Integer::compare).orElseThrow();
        int least = counts.values().stream().min(Integer::compare).orElseThrow();
        assertThat(most - least).as("skew of " + app + " " + counts).isLessThanOrEqualTo(1);
    }

    private static Map<String, Integer> counts(World world, String app) {
        var counts = new HashMap<String, Integer>();
        List<Pod> pods = world.pods(app);
        pods.forEach(p -> counts.merge(p.getSpec().getNodeName(), 1, Integer::sum));
        return counts;
    }
}

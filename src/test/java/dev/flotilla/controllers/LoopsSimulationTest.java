package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.flotilla.controllers.deployment.Revisions;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.stream.Stream;

/// Whatever people do and whatever breaks, once it is calm the cluster is as it was wished.
///
/// A seed that fails fails the same way every time.
class LoopsSimulationTest {
    @TestFactory
    Stream<DynamicTest> endsAsWished() {
        return Worlds.of(LoopsSimulationTest.class, 0, 20, LoopsSimulationTest::live);
    }

    private static void live(long seed) {
        try (var world = new World(seed, 0.1)) {
            var people = new People(world);
            People.NODES.forEach(n -> world.addNode(n, 8000));
            People.APPS.forEach(name -> people.deploy(name, 1 + world.random.nextInt(6)));
            for (int i = 0; i < 200; i++) {
                something(world, people);
            }
            people.repair();
            world.calm();
            People.APPS.forEach(name -> asWished(world, name));
            nothingIsLeftOver(world);
            spreadsWhatItRollsOut(world, people);
        }
    }

    private static void something(World world, People people) {
        var app = world.pick(People.APPS);
        switch (world.random.nextInt(40)) {
            case 0 -> people.scale(app, 9);
            case 1 -> people.update(app);
            case 2 -> people.move();
            case 3 -> people.addOn(app, world.pick(People.NODES));
            case 4 -> people.deletePod();
            case 5 -> people.cordon(world.random.nextBoolean());
            case 6 -> people.pause(app, world.random.nextInt(3) == 0);
            case 7 -> world.kubelet.crashOne();
            case 8 -> world.kubelet.failOne();
            case 9 -> world.restart();
            case 10 -> {
                if (world.random.nextInt(3) == 0) {
                    people.loseNode();
                }
            }
            case 11, 12 -> world.addNode(world.pick(People.NODES), 8000);
            case 13, 14 -> world.pass(Duration.ofMillis(world.random.nextInt(20_000)));
            case 15, 16, 17, 18, 19, 20 -> world.kubelet.step();
            default -> world.step();
        }
    }

    private static void asWished(World world, String name) {
        var deployment = world.deployment(name);
        int wanted = deployment.getSpec().getReplicas();
        var image =
                deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
        var current = world.current(name);
        assertThat(world.pods(name))
                .as("pods of " + name)
                .hasSize(wanted)
                .allSatisfy(
                        p -> {
                            assertThat(PodState.ready(p)).isTrue();
                            assertThat(p.getSpec().getContainers().getFirst().getImage())
                                    .isEqualTo(image);
                            assertThat(Owners.controller(p).orElseThrow().getUid())
                                    .isEqualTo(current.getMetadata().getUid());
                        });
        var status = deployment.getStatus();
        assertThat(
                        Stream.of(
                                        Optional.ofNullable(status.getReplicas()),
                                        Optional.ofNullable(status.getUpdatedReplicas()),
                                        Optional.ofNullable(status.getReadyReplicas()),
                                        Optional.ofNullable(status.getAvailableReplicas()))
                                .map(count -> count.orElse(0)))
                .as("counts of " + name)
                .containsOnly(wanted);
        assertThat(status.getUnavailableReplicas()).as("none is not written").isNull();
        assertThat(status.getObservedGeneration())
                .isEqualTo(deployment.getMetadata().getGeneration());
        assertThat(status.getConditions())
                .extracting(DeploymentCondition::getType, DeploymentCondition::getReason)
                .as("conditions of " + name)
                .containsExactlyInAnyOrder(
                        tuple("Available", "MinimumReplicasAvailable"),
                        tuple("Progressing", "NewReplicaSetAvailable"));
        assertThat(Owners.notes(deployment).get(Revisions.REVISION))
                .isEqualTo(Owners.notes(current).get(Revisions.REVISION));
    }

    private static void nothingIsLeftOver(World world) {
        int wanted =
                world.all(Deployment.class).stream().mapToInt(d -> d.getSpec().getReplicas()).sum();
        assertThat(world.all(Pod.class).stream().filter(p -> !PodState.over(p)))
                .as("all pods")
                .hasSize(wanted);
        assertThat(world.all(ReplicaSet.class).stream().mapToInt(Revisions::size).sum())
                .isEqualTo(wanted);
    }

    /// What was moved, lost and scaled may lie unevenly; what is rolled out anew may not.
    private static void spreadsWhatItRollsOut(World world, People people) {
        var name = world.pick(People.APPS);
        var before = world.current(name).getMetadata().getUid();
        people.roll(name);
        world.calm();
        asWished(world, name);
        assertThat(world.current(name).getMetadata().getUid()).isNotEqualTo(before);
        var counts = new HashMap<String, Integer>();
        People.NODES.forEach(n -> counts.put(n, 0));
        world.pods(name).forEach(p -> counts.merge(p.getSpec().getNodeName(), 1, Integer::sum));
        int most = counts.values().stream().max(Integer::compare).orElseThrow();
        int least = counts.values().stream().min(Integer::compare).orElseThrow();
        assertThat(most - least).as("skew of " + name + " " + counts).isLessThanOrEqualTo(1);
    }
}

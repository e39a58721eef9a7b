package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.deployment.Bounds;
import dev.flotilla.controllers.owner.PodState;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/// While it rolls from image to image, crashing and conflicting on the way, a Deployment never has
/// more pods than its surge allows nor fewer available ones than it promised.
class RollingSimulationTest {
    @TestFactory
    Stream<DynamicTest> staysInItsBounds() {
        return Worlds.of(RollingSimulationTest.class, 1000, 20, RollingSimulationTest::live);
    }

    private static void live(long seed) {
        try (var world = new World(seed, 0)) {
            var people = new People(world);
            People.NODES.forEach(n -> world.addNode(n, 8000));
            people.deploy("web", 1 + world.random.nextInt(8));
            world.calm();
            world.trouble(0.1);
            people.update("web");
            for (int i = 0; i < 150; i++) {
                switch (world.random.nextInt(24)) {
                    case 0 -> people.update("web");
                    case 1 -> world.restart();
                    case 2, 3 -> world.pass(Duration.ofMillis(world.random.nextInt(9_000)));
                    case 4, 5, 6, 7, 8 -> world.kubelet.step();
                    default -> world.step();
                }
                inBounds(world);
            }
        }
    }

    private static void inBounds(World world) {
        var deployment = world.deployment("web");
        var bounds = Bounds.of(deployment);
        int minReady = Objects.requireNonNullElse(deployment.getSpec().getMinReadySeconds(), 0);
        var pods = world.pods("web");
        assertThat(pods.size()).as("pods").isLessThanOrEqualTo(bounds.most());
        assertThat(pods.stream().filter(p -> PodState.available(p, minReady, world.now())).count())
                .as("available of " + pods.stream().map(World::line).toList())
                .isGreaterThanOrEqualTo(bounds.least());
    }
}

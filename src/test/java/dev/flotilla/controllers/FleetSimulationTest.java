package dev.flotilla.controllers;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Whole clusters, most of them small and some of up to 200 nodes, some with more wishes than room,
/// with everything in them that keeps pods, under people and faults that a seed chooses: what
/// [Watchers] watch holds after every step, and once it is calm all is as it was wished. It takes
/// minutes and shares nothing, so it runs beside the rest like those that wait for processes.
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processes")
class FleetSimulationTest {
    private static final int SEEDS = 500;

    /// In so many seeds one has up to 50 nodes, and one from 50 to 200.
    private static final int ROUND = 25;

    @TestFactory
    Stream<DynamicTest> boundsHoldAndAllEndsAsWished() {
        return Worlds.of(FleetSimulationTest.class, 0, SEEDS, FleetSimulationTest::live);
    }

    private static void live(long seed) {
        try (var world = new World(seed, 0)) {
            boolean large = seed % ROUND == ROUND - 1;
            boolean middle = seed % ROUND == ROUND / 2;
            int nodes =
                    large
                            ? 50 + world.random.nextInt(151)
                            : 1 + world.random.nextInt(middle ? 50 : 4);
            IntStream.range(0, nodes).forEach(i -> world.addNode("n" + i, 4000));
            boolean crowded = nodes < 10 && world.random.nextInt(3) == 0;
            var fleet = new Fleet(world, nodes, large ? 40 : 4, crowded);
            fleet.launch();
            world.live(Duration.ofSeconds(30));
            world.trouble(0.1);
            var watchers = new Watchers(world);
            for (int i = 0; i < (large ? 60 : 40); i++) {
                fleet.something(watchers);
            }
            fleet.repair();
            world.live(Duration.ofMinutes(6));
            fleet.endJobs();
            fleet.asWished();
        }
    }
}

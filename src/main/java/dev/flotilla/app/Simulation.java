package dev.flotilla.app;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.model.Machine;
import dev.flotilla.model.MachineSpec;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.simulate.SimulatedRuntime;
import dev.flotilla.simulate.SimulatedTime;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/// The machines that are not there.
final class Simulation implements AutoCloseable {
    private static final int CPUS = 4;
    private static final int MEMORY_MIB = 8192;
    private static final long MIB = 1024L * 1024;

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("simulation").factory());
    private final SimulatedTime time;
    private final RandomGenerator random;

    Simulation(InstantSource clock, RandomGenerator random) {
        this.time = SimulatedTime.passing(clock, timer);
        this.random = random;
    }

    /// The engine of a Machine with `spec.simulated`.
    ContainerRuntime runtime(Machine machine) {
        var asked = machine.getSpec().simulated();
        return new SimulatedRuntime(
                machine.getMetadata().getName(),
                or(asked == null ? null : asked.cpus(), CPUS),
                or(asked == null ? null : asked.memoryMiB(), MEMORY_MIB) * MIB,
                time,
                random);
    }

    /// Sees to it that machines `sim-1` to `sim-N` are there; leaves others alone.
    static void ensureMachines(Cluster cluster, int n) {
        for (int i = 1; i <= n; i++) {
            var name = "sim-" + i;
            if (cluster.get(Machine.class, ObjectKey.of(name)).isEmpty()) {
                var machine = new Machine();
                machine.setMetadata(new ObjectMetaBuilder().withName(name).build());
                machine.setSpec(new MachineSpec(null, null, new MachineSpec.Simulated(null, null)));
                cluster.create(machine);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static int or(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}

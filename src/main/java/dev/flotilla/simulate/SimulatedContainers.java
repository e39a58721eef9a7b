package dev.flotilla.simulate;

import dev.flotilla.node.Check;
import dev.flotilla.node.ContainerRuntime.Happening;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerSpec;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.Sample;
import dev.flotilla.node.Sample.Usage;
import dev.flotilla.node.Supply;
import dev.flotilla.node.Supply.Stock;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What a simulated engine holds, and the rules by which it changes. Guarded by its own monitor;
/// happenings are told after the lock is given back.
final class SimulatedContainers {
    private static final long DISK = 40L << 30;
    private static final long INODES = 2_600_000;
    private static final long PIDS = 32_768;
    private static final long SYSTEM_MEMORY = 380L << 20;

    private final Map<String, SimulatedContainer> byId = new LinkedHashMap<>();
    private final Map<String, SimulatedContainer> byName = new HashMap<>();
    private final Map<String, List<SimulatedContainer>> byPod = new HashMap<>();
    private final SimulatedTime time;
    private final Supplier<String> ids;
    private final Consumer<Happening> tell;
    private long nodeCpuNanos;
    private Instant counted;

    SimulatedContainers(SimulatedTime time, Supplier<String> ids, Consumer<Happening> tell) {
        this.time = time;
        this.ids = ids;
        this.tell = tell;
        this.counted = time.instant();
    }

    synchronized List<ContainerState> all() {
        return byId.values().stream().map(SimulatedContainer::state).toList();
    }

    synchronized List<ContainerState> of(String podUid) {
        return byPod.getOrDefault(podUid, List.of()).stream()
                .map(SimulatedContainer::state)
                .toList();
    }

    /// The name of the container that a check goes to.
    synchronized Optional<String> asked(Check check) {
        return byId.values().stream()
                .filter(
                        c ->
                                switch (check) {
                                    case Check.Exec exec -> c.id.equals(exec.containerId());
                                    case Check.Rest rest -> c.id.equals(rest.containerId());
                                    case Check.Http http -> at(c, http.address());
                                    case Check.Tcp tcp -> at(c, tcp.address());
                                    case Check.Grpc grpc -> at(c, grpc.address());
                                })
                .map(c -> c.spec.name())
                .findFirst();
    }

    private static boolean at(SimulatedContainer container, String address) {
        return address.equals(container.spec.network().address());
    }

    String create(ContainerSpec spec) {
        SimulatedContainer made;
        synchronized (this) {
            var there = byName.get(spec.name());
            made = new SimulatedContainer(ids.get(), spec);
            if (there != null) {
                if (there.podUid().equals(made.podUid())) {
                    return there.id;
                }
                throw new RefusedByEngine(
                        "Conflict. The container name \"/"
                                + spec.name()
                                + "\" is already in use by container \""
                                + there.id
                                + "\".");
            }
            byId.put(made.id, made);
            byName.put(spec.name(), made);
            byPod.computeIfAbsent(made.podUid(), _ -> new ArrayList<>()).add(made);
        }
        tell.accept(new Happening(made.podUid()));
        return made.id;
    }

    /// What its process wrote for whoever looks at how it ended.
    synchronized String words(String id) {
        var container = byId.get(id);
        return container == null ? "" : container.script.words();
    }

    synchronized Optional<SimulatedLog> log(String id) {
        return Optional.ofNullable(byId.get(id)).map(c -> c.log);
    }

    /// @return empty if there is no such container
    synchronized String image(String id) {
        var container = byId.get(id);
        return container == null ? "" : container.spec.image();
    }

    void start(String id) {
        SimulatedContainer container;
        synchronized (this) {
            container = byId.get(id);
            if (container == null) {
                throw new RefusedByEngine("No such container: " + id);
            }
            if (container.running()) {
                return;
            }
            refuseStart(container.spec);
            container.startByHand(time.instant());
            watch(container);
        }
        tell.accept(new Happening(container.podUid()));
    }

    void stop(String id) {
        stopByHand(byId(id), 0);
    }

    void stopByHand(String name, int exitCode) {
        stopByHand(byName(name), exitCode);
    }

    void remove(String id) {
        remove(byId(id));
    }

    void vanish(String name) {
        remove(byName(name));
    }

    void crash(String name, int exitCode, boolean outOfMemory) {
        var container = byName(name);
        if (container != null) {
            end(container, container.turn(), exitCode, outOfMemory);
        }
    }

    synchronized Sample sample(int cpus, long memoryBytes, @Nullable Supply supply) {
        var now = time.instant();
        double wanted = 0;
        for (var container : byId.values()) {
            wanted += container.cpuMillis(now);
        }
        double slowdown = Math.min(1, cpus * 980.0 / Math.max(1, wanted));
        var usage = new HashMap<String, Usage>();
        long memory = SYSTEM_MEMORY;
        for (var container : byId.values()) {
            if (container.running()) {
                var used = container.usage(now, slowdown);
                usage.put(container.id, used);
                memory += used.memoryBytes();
            }
        }
        double system = 12 * cpus;
        nodeCpuNanos +=
                (long)
                        ((wanted * slowdown + system)
                                / 1000
                                * Duration.between(counted, now).toNanos());
        counted = now;
        long used = Math.min(memory, memoryBytes);
        return new Sample(
                now,
                nodeCpuNanos,
                used,
                usage,
                supply == null ? plenty(memoryBytes, used) : supply);
    }

    /// Load is believable, not a reason for pods to go: a quarter is always left.
    private static Supply plenty(long memoryBytes, long used) {
        var disk = new Stock(DISK, DISK / 2);
        var inodes = new Stock(INODES, INODES / 2);
        return new Supply(
                new Stock(memoryBytes, Math.max(memoryBytes - used, memoryBytes / 4)),
                disk,
                inodes,
                disk,
                inodes,
                new Stock(PIDS, PIDS / 2));
    }

    private synchronized @Nullable SimulatedContainer byId(String id) {
        return byId.get(id);
    }

    private synchronized @Nullable SimulatedContainer byName(String name) {
        return byName.get(name);
    }

    private void stopByHand(@Nullable SimulatedContainer container, int exitCode) {
        if (container == null) {
            return;
        }
        Happening happening;
        synchronized (this) {
            if (!container.running() && !container.restarting()) {
                return;
            }
            var now = time.instant();
            container.stopByHand(exitCode, now);
            happening = new Happening(container.podUid(), container.death(exitCode, false, now));
        }
        tell.accept(happening);
    }

    private void remove(@Nullable SimulatedContainer container) {
        if (container == null) {
            return;
        }
        synchronized (this) {
            container.stopByHand(137, time.instant());
            byId.remove(container.id);
            byName.remove(container.spec.name());
            byPod.computeIfPresent(
                    container.podUid(),
                    (_, all) -> {
                        all.remove(container);
                        return all.isEmpty() ? null : all;
                    });
        }
        tell.accept(new Happening(container.podUid()));
    }

    /// Ends the process when its script says so.
    private void watch(SimulatedContainer container) {
        var runsFor = container.script.runsFor();
        if (runsFor != null) {
            int turn = container.turn();
            time.later(runsFor, () -> end(container, turn, container.script.exitCode(), false));
        }
    }

    private void end(SimulatedContainer container, int turn, int exitCode, boolean outOfMemory) {
        Happening happening;
        synchronized (this) {
            if (container.turn() != turn || !container.running()) {
                return;
            }
            var now = time.instant();
            var wait = container.end(exitCode, outOfMemory, now);
            happening =
                    new Happening(container.podUid(), container.death(exitCode, outOfMemory, now));
            if (!wait.isNegative()) {
                int waiting = container.turn();
                time.later(wait, () -> restart(container, waiting));
            }
        }
        tell.accept(happening);
    }

    private void restart(SimulatedContainer container, int turn) {
        synchronized (this) {
            if (container.turn() != turn) {
                return;
            }
            container.start(time.instant());
            watch(container);
        }
        tell.accept(new Happening(container.podUid()));
    }

    private void refuseStart(ContainerSpec spec) {
        var joined = spec.joins();
        if (joined != null) {
            var other = byId.get(joined);
            if (other == null || !other.running()) {
                throw new RefusedByEngine(
                        "cannot join network of a non running container: " + joined);
            }
        }
        for (var other : byId.values()) {
            if (!other.running()) {
                continue;
            }
            if (spec.network().address() != null
                    && spec.network().address().equals(other.spec.network().address())) {
                throw new RefusedByEngine("Address already in use");
            }
            for (var port : spec.network().ports()) {
                if (port.hostPort() != 0 && publishes(other.spec, port)) {
                    throw new RefusedByEngine(
                            "Bind for 0.0.0.0:"
                                    + port.hostPort()
                                    + " failed: port is already allocated");
                }
            }
        }
    }

    private static boolean publishes(ContainerSpec spec, ContainerSpec.Port port) {
        return spec.network().ports().stream()
                .anyMatch(
                        p ->
                                p.hostPort() == port.hostPort()
                                        && p.protocol().equals(port.protocol()));
    }
}

package dev.flotilla.simulate;

import dev.flotilla.node.ContainerRuntime.Death;
import dev.flotilla.node.ContainerSpec;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.ContainerState.Phase;
import dev.flotilla.node.PodLabels;
import dev.flotilla.node.Sample.Usage;

import java.time.Duration;
import java.time.Instant;

/// One container of a [SimulatedRuntime], guarded by that runtime's lock. Ends and restarts as
/// Docker's do: the pause before a restart doubles from 100 ms to a minute and is short again after
/// a run of 10 s; a stop by hand is not followed by a restart.
final class SimulatedContainer {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration A_GOOD_RUN = Duration.ofSeconds(10);

    final String id;
    final ContainerSpec spec;
    final Script script;
    final SimulatedLog log = new SimulatedLog();
    private final Load load;
    private Phase phase = new Phase.Created();
    private Duration pause = FIRST_PAUSE;
    private int restarts;
    private long cpuNanos;
    private Instant counted = Instant.EPOCH;

    /// Counts starts and ends, so that a timer knows whether it comes too late.
    private int turn;

    SimulatedContainer(String id, ContainerSpec spec) {
        this.id = id;
        this.spec = spec;
        this.script = Script.of(spec.command(), spec.args());
        this.load = new Load(spec);
    }

    String podUid() {
        return spec.labels().getOrDefault(PodLabels.UID, "");
    }

    int turn() {
        return turn;
    }

    boolean running() {
        return phase instanceof Phase.Running;
    }

    boolean restarting() {
        return phase instanceof Phase.Restarting;
    }

    /// Started by hand: the count of restarts begins anew.
    void startByHand(Instant now) {
        restarts = 0;
        pause = FIRST_PAUSE;
        start(now);
    }

    void start(Instant now) {
        turn++;
        phase = new Phase.Running(now);
        log.began(now, spec.image());
        cpuNanos = 0;
        counted = now;
    }

    void stopByHand(int exitCode, Instant now) {
        turn++;
        log.ended(now, exitCode);
        phase = new Phase.Exited(exitCode, false, startedBefore(now), now);
    }

    /// The process ended by itself.
    ///
    /// @return the pause before the engine starts it again; negative if it does not
    Duration end(int exitCode, boolean outOfMemory, Instant now) {
        var started = startedBefore(now);
        turn++;
        log.ended(now, exitCode);
        boolean again =
                switch (spec.restart()) {
                    case ALWAYS -> true;
                    case ON_FAILURE -> exitCode != 0;
                    case NEVER -> false;
                };
        if (!again) {
            phase = new Phase.Exited(exitCode, outOfMemory, started, now);
            return Duration.ofMillis(-1);
        }
        restarts++;
        phase = new Phase.Restarting(exitCode, now);
        if (Duration.between(started, now).compareTo(A_GOOD_RUN) >= 0) {
            pause = FIRST_PAUSE;
        }
        var wait = pause;
        pause = pause.multipliedBy(2);
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            pause = LONGEST_PAUSE;
        }
        return wait;
    }

    Death death(int exitCode, boolean outOfMemory, Instant now) {
        return new Death(id, exitCode, outOfMemory, now);
    }

    ContainerState state() {
        var imageId = "sha256:%016x%016x".formatted(0x5eedL, spec.image().hashCode() & 0xffffffffL);
        boolean attached = running() && spec.network().address() != null;
        return new ContainerState(
                id,
                spec.name(),
                spec.image(),
                imageId,
                spec.labels(),
                attached ? String.valueOf(spec.network().address()) : "",
                restarts,
                phase);
    }

    /// What it took so far, and now in thousandths of a core.
    Usage usage(Instant now, double slowdown) {
        if (!(phase instanceof Phase.Running(var since))) {
            return new Usage(cpuNanos, 0, 0, 0);
        }
        cpuNanos += (long) (cpuMillis(now) * slowdown / 1000 * nanos(counted, now));
        counted = now;
        long seconds = Duration.between(since, now).toSeconds();
        return new Usage(
                cpuNanos,
                load.memoryBytes(Duration.between(since, now)),
                seconds * 2_000,
                seconds * 9_000);
    }

    double cpuMillis(Instant now) {
        return !running() || spec.labels().getOrDefault(PodLabels.CONTAINER, "").equals("POD")
                ? 0
                : load.cpuMillis(now);
    }

    private Instant startedBefore(Instant now) {
        return phase instanceof Phase.Running(var since) ? since : now;
    }

    private static long nanos(Instant from, Instant to) {
        return Duration.between(from, to).toNanos();
    }
}

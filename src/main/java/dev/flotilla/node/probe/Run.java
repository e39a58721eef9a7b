package dev.flotilla.node.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// One run of one container, and what its probes have said so far. Guarded by its own monitor.
final class Run {
    /// In the order in which Kubernetes speaks of them.
    enum Kind {
        STARTUP("Startup"),
        READINESS("Readiness"),
        LIVENESS("Liveness");

        final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    final Pod pod;
    final Container container;
    final String containerId;
    final Instant since;
    final String podIp;
    private final Map<Kind, Rhythm> rhythms = new EnumMap<>(Kind.class);
    private final Map<Kind, Pulse> pulses = new EnumMap<>(Kind.class);
    private final Set<Kind> asking = EnumSet.noneOf(Kind.class);

    /// @param before what the API last said of the container, null if nothing
    Run(
            Pod pod,
            Container container,
            String containerId,
            Instant since,
            String podIp,
            @Nullable ContainerStatus before,
            Instant now) {
        this.pod = pod;
        this.container = container;
        this.containerId = containerId;
        this.since = since;
        this.podIp = podIp;
        var known = before != null && isOf(before) ? before : new ContainerStatus();
        begin(Kind.STARTUP, Boolean.TRUE.equals(known.getStarted()), now);
        begin(Kind.READINESS, Boolean.TRUE.equals(known.getReady()), now);
        begin(Kind.LIVENESS, true, now);
    }

    static boolean any(Container container) {
        return container.getStartupProbe() != null
                || container.getReadinessProbe() != null
                || container.getLivenessProbe() != null;
    }

    @Nullable Probe probe(Kind kind) {
        return switch (kind) {
            case STARTUP -> container.getStartupProbe();
            case READINESS -> container.getReadinessProbe();
            case LIVENESS -> container.getLivenessProbe();
        };
    }

    synchronized Vital vital() {
        boolean started = isWell(Kind.STARTUP);
        return new Vital(started, started && isWell(Kind.READINESS), condemned());
    }

    /// What is to be asked now; each is being asked from here on.
    synchronized List<Kind> due(Instant now) {
        var due = new ArrayList<Kind>();
        for (var kind : pulses.keySet()) {
            boolean turn = isWell(Kind.STARTUP) != (kind == Kind.STARTUP);
            var pulse = pulses.get(kind);
            if (turn && pulse != null && !pulse.next().isAfter(now) && asking.add(kind)) {
                due.add(kind);
            }
        }
        return due;
    }

    /// @return whether what counts changed
    synchronized boolean answered(Kind kind, boolean well, Instant now) {
        asking.remove(kind);
        var before = vital();
        pulses.computeIfPresent(kind, (k, pulse) -> pulse.after(well, rhythm(k), now));
        return !vital().equals(before);
    }

    synchronized void lost(Kind kind, Instant now) {
        asking.remove(kind);
        pulses.computeIfPresent(kind, (k, pulse) -> pulse.later(rhythm(k), now));
    }

    Rhythm rhythm(Kind kind) {
        var rhythm = rhythms.get(kind);
        if (rhythm == null) {
            throw new IllegalStateException("no " + kind.word + " probe");
        }
        return rhythm;
    }

    private void begin(Kind kind, boolean believed, Instant now) {
        var probe = probe(kind);
        if (probe != null) {
            var rhythm = Rhythm.of(probe);
            rhythms.put(kind, rhythm);
            pulses.put(kind, Pulse.begun(rhythm, believed, since, now));
        }
    }

    private boolean isWell(Kind kind) {
        var pulse = pulses.get(kind);
        return pulse == null || pulse.well();
    }

    private String condemned() {
        for (var kind : List.of(Kind.STARTUP, Kind.LIVENESS)) {
            var pulse = pulses.get(kind);
            if (pulse != null && pulse.decided() && !pulse.well()) {
                return "failed " + kind.word.toLowerCase(Locale.ROOT) + " probe";
            }
        }
        return "";
    }

    private boolean isOf(ContainerStatus status) {
        var id = status.getContainerID();
        var state = status.getState();
        var running = state == null ? null : state.getRunning();
        return id != null
                && id.endsWith(containerId)
                && running != null
                && running.getStartedAt() != null
                && Instant.parse(running.getStartedAt()).getEpochSecond() == since.getEpochSecond();
    }
}

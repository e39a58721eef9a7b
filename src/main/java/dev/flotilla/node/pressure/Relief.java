package dev.flotilla.node.pressure;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.PodLabels;
import dev.flotilla.node.Sample;
import dev.flotilla.node.Supply;
import dev.flotilla.node.image.ImageCleaning;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Watches what one node has left, tells when something runs short, and has pods go, one at each
/// look, until it no longer does. Looked at by one thread at a time; [#refusal] by any.
public final class Relief {
    private final String node;
    private final ContainerRuntime runtime;
    private final Cluster cluster;
    private final EventRecorder events;
    private final Eviction eviction;
    private final ImageCleaning cleaning;
    private final Thresholds thresholds;
    private final InstantSource time;
    private final Around around;
    private Watchlist watchlist = Watchlist.EMPTY;
    private volatile Set<Pressure> told = Set.of();
    private @Nullable Set<Pressure> written;
    private Instant acted = Instant.MIN;

    /// What the kubelet around it knows.
    ///
    /// @param pods that are to run on the node
    /// @param containers that are on it, by id
    /// @param tell writes the pressures to the Node
    /// @param ownDisk whether its disk is the cluster's to clean; the disk of a person's own
    ///   computer is not, and its being full is no reason for anything
    public record Around(
            Supplier<List<Pod>> pods,
            Supplier<Map<String, ContainerState>> containers,
            Consumer<Set<Pressure>> tell,
            boolean ownDisk) {}

    public Relief(
            String node,
            ContainerRuntime runtime,
            Cluster cluster,
            EventRecorder events,
            Eviction eviction,
            ImageCleaning cleaning,
            Thresholds thresholds,
            InstantSource time,
            Around around) {
        this.node = node;
        this.runtime = runtime;
        this.cluster = cluster;
        this.events = events;
        this.eviction = eviction;
        this.cleaning = cleaning;
        this.thresholds =
                around.ownDisk
                        ? thresholds
                        : thresholds.only(Set.of(Signal.MEMORY_AVAILABLE, Signal.PID_AVAILABLE));
        this.time = time;
        this.around = around;
    }

    /// One look.
    ///
    /// @param sample the latest
    public void look(Sample sample) {
        var look = watchlist.look(sample.supply(), thresholds, time.instant());
        watchlist = look.next();
        told = look.told();
        if (!look.told().equals(written)) {
            around.tell.accept(look.told());
            written = look.told();
        }
        if (!look.low().isEmpty() && sample.time().isAfter(acted)) {
            relieve(look.low().getFirst(), sample);
            acted = time.instant();
        }
    }

    /// Others wrote the Node: it is told anew.
    public void forgotten() {
        written = null;
    }

    /// Tells of, and gives the status of, a pod that comes while the node is under pressure and
    /// must not stay. As in Kubernetes memory alone keeps only those away that asked for none.
    public Optional<PodStatus> refusal(Pod pod) {
        var now = told;
        if (now.isEmpty() || new Candidate(pod, false, Map.of(), Map.of()).isCritical()) {
            return Optional.empty();
        }
        if (now.equals(Set.of(Pressure.MEMORY)) && (!isBestEffort(pod) || tolerates(pod))) {
            return Optional.empty();
        }
        var pressures = EnumSet.copyOf(now);
        events.warning(pod, Evicted.REASON, Evicted.reason(pressures));
        return Optional.of(Evicted.refused(pod, pressures, time.instant()));
    }

    private void relieve(Signal signal, Sample sample) {
        cluster.get(Node.class, ObjectKey.of(node))
                .ifPresent(
                        n ->
                                events.warning(
                                        n,
                                        "EvictionThresholdMet",
                                        "Attempting to reclaim " + signal.resource()));
        var now = sample;
        if (cleans(signal, sample.supply())) {
            cleaning.freeAll();
            now = runtime.sample();
            if (!thresholds.isLow(signal, now.supply())) {
                return;
            }
        }
        for (var candidate : Ranking.of(signal, candidates(signal, now))) {
            var message = Ranking.message(thresholds, signal, now.supply(), candidate);
            if (eviction.of(candidate.pod(), message, true)) {
                return;
            }
        }
    }

    /// Images lie on the disk that is short.
    private static boolean cleans(Signal signal, Supply supply) {
        return switch (signal) {
            case IMAGEFS_AVAILABLE, IMAGEFS_INODES_FREE -> true;
            case NODEFS_AVAILABLE, NODEFS_INODES_FREE ->
                    supply.nodeDisk().equals(supply.imageDisk());
            case MEMORY_AVAILABLE, PID_AVAILABLE -> false;
        };
    }

    private List<Candidate> candidates(Signal signal, Sample sample) {
        var byPod = new HashMap<String, Uses>();
        var written =
                signal.pressure() == Pressure.DISK
                        ? runtime.images().written(around.containers.get().keySet())
                        : Map.<String, Long>of();
        around.containers
                .get()
                .forEach(
                        (id, state) -> {
                            if (PodLabels.isSandbox(state)) {
                                return;
                            }
                            var uses = byPod.computeIfAbsent(PodLabels.uid(state), _ -> new Uses());
                            var usage = sample.containers().get(id);
                            if (usage != null) {
                                uses.memory.merge(
                                        PodLabels.container(state), usage.memoryBytes(), Long::sum);
                            }
                            if (written.containsKey(id)) {
                                uses.disk.merge(
                                        PodLabels.container(state), written.get(id), Long::sum);
                            }
                        });
        var all = new ArrayList<Candidate>();
        for (var pod : around.pods.get()) {
            var uses = byPod.getOrDefault(pod.getMetadata().getUid(), new Uses());
            boolean known =
                    !(signal.pressure() == Pressure.DISK ? uses.disk : uses.memory).isEmpty();
            all.add(new Candidate(pod, known, uses.memory, uses.disk));
        }
        return all;
    }

    private static boolean isBestEffort(Pod pod) {
        var status = pod.getStatus();
        return status != null && "BestEffort".equals(status.getQosClass());
    }

    private static boolean tolerates(Pod pod) {
        return pod.getSpec().getTolerations().stream()
                .anyMatch(
                        t ->
                                (t.getKey() == null
                                                || t.getKey().equals(Pressure.MEMORY.taintKey()))
                                        && (t.getEffect() == null
                                                || t.getEffect().isEmpty()
                                                || t.getEffect().equals("NoSchedule"))
                                        && ("Exists".equals(t.getOperator())
                                                || t.getValue() == null
                                                || t.getValue().isEmpty()));
    }

    private static final class Uses {
        private final Map<String, Long> memory = new HashMap<>();
        private final Map<String, Long> disk = new HashMap<>();
    }
}

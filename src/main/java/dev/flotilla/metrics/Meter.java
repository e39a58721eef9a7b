package dev.flotilla.metrics;

import dev.flotilla.model.NodeUse;
import dev.flotilla.model.NodeUse.ContainerUse;
import dev.flotilla.model.NodeUse.PodUse;
import dev.flotilla.model.ObjectKey;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What nodes and pods use now and used lately. Safe for threads.
///
/// A pod is forgotten a while after its last figures, a node when it is said to be gone.
public final class Meter {
    /// Ten minutes of a figure every two seconds.
    private static final int HISTORY = 300;

    /// A pod that moves or whose node is silent for so long is still the same pod.
    private static final Duration KEPT = Duration.ofMinutes(2);

    private final Map<String, NodeUse> newest = new TreeMap<>();
    private final Map<String, Ring> nodes = new HashMap<>();
    private final Map<ObjectKey, PodSeries> pods = new HashMap<>();
    private Instant swept = Instant.MIN;

    /// Takes in what a node used; older than what is known is ignored.
    public synchronized void take(NodeUse use) {
        var known = newest.get(use.node());
        if (known != null && !use.time().isAfter(known.time())) {
            return;
        }
        newest.put(use.node(), use);
        nodes.computeIfAbsent(use.node(), _ -> new Ring(HISTORY))
                .add(new Point(use.time(), use.cpuMillis(), use.memoryBytes()));
        for (var pod : use.pods()) {
            var series = pods.computeIfAbsent(pod.pod(), _ -> new PodSeries());
            series.last = use.time();
            series.ring.add(total(pod, use.time()));
        }
        sweep(use.time());
    }

    /// The newest use of every node, in name order.
    public synchronized List<NodeUse> nodes() {
        return List.copyOf(newest.values());
    }

    public synchronized Optional<NodeUse> node(String name) {
        return Optional.ofNullable(newest.get(name));
    }

    /// What a node used lately, oldest first; empty if it is not known.
    public synchronized List<Point> nodeHistory(String name) {
        var ring = nodes.get(name);
        return ring == null ? List.of() : ring.points();
    }

    /// What a pod used lately, its containers summed, oldest first; empty if it is not known.
    public synchronized List<Point> podHistory(ObjectKey pod) {
        var series = pods.get(pod);
        return series == null ? List.of() : series.ring.points();
    }

    /// A node is gone from the cluster.
    public synchronized void forgetNode(String name) {
        newest.remove(name);
        nodes.remove(name);
    }

    private static Point total(PodUse pod, Instant time) {
        long cpu = 0;
        long memory = 0;
        for (ContainerUse container : pod.containers()) {
            cpu += container.cpuMillis();
            memory += container.memoryBytes();
        }
        return new Point(time, cpu, memory);
    }

    private void sweep(Instant now) {
        if (swept.equals(Instant.MIN) || Duration.between(swept, now).compareTo(KEPT) > 0) {
            swept = now;
            pods.values().removeIf(s -> Duration.between(s.last, now).compareTo(KEPT) > 0);
        }
    }

    private static final class PodSeries {
        private final Ring ring = new Ring(HISTORY);
        private Instant last = Instant.EPOCH;
    }
}

package dev.flotilla.controllers;

import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.Pod;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Which replicas go first when there are too many; the order that Kubernetes documents for
/// ReplicaSets.
///
/// @param related how many pods of the same Deployment stand on each node
record Victims(Map<String, Integer> related, Instant now) {

    /// The replicas, the first to go first.
    List<Replica> order(List<Replica> replicas) {
        return replicas.stream().sorted(Comparator.comparing(Replica::pod, order())).toList();
    }

    private Comparator<Pod> order() {
        return Comparator.<Pod>comparingInt(p -> PodState.node(p) == null ? 0 : 1)
                .thenComparingInt(Victims::phaseRank)
                .thenComparingInt(p -> PodState.ready(p) ? 1 : 0)
                .thenComparingInt(Victims::deletionCost)
                .thenComparing(Comparator.comparingInt(this::doubled).reversed())
                .thenComparingInt(p -> logarithm(PodState.readySince(p)))
                .thenComparing(Comparator.comparingInt(PodState::restarts).reversed())
                .thenComparingInt(p -> logarithm(created(p)))
                .thenComparing(p -> p.getMetadata().getUid());
    }

    private static int phaseRank(Pod pod) {
        return switch (PodState.phase(pod)) {
            case "Pending" -> 0;
            case "Unknown" -> 1;
            default -> 2;
        };
    }

    /// What is no number counts as 0, as Kubernetes has it.
    static int deletionCost(Pod pod) {
        try {
            return Replica.note(pod, Marks.DELETION_COST).map(Integer::parseInt).orElse(0);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private int doubled(Pod pod) {
        var node = PodState.node(pod);
        return node == null ? 0 : related.getOrDefault(node, 0);
    }

    /// Ages of the same order of magnitude are equal, so that not always the newest goes.
    private int logarithm(Instant since) {
        long seconds = Math.max(0, Duration.between(since, now).toSeconds());
        return Long.SIZE - Long.numberOfLeadingZeros(seconds);
    }

    private static Instant created(Pod pod) {
        var created = pod.getMetadata().getCreationTimestamp();
        return created == null ? Instant.EPOCH : Instant.parse(created);
    }
}

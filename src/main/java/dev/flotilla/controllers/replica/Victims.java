package dev.flotilla.controllers.replica;

import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.Pod;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which replicas go first when there are too many; the order that Kubernetes documents for
/// ReplicaSets. Other than there, a pod of the lowest possible cost goes before all, and a node's
/// crowd shrinks with each pod that goes, so that nine on three nodes become one on each and not
/// three on one.
///
/// @param related how many pods of the same Deployment stand on each node
record Victims(Map<String, Integer> related, Instant now) {
    /// The lowest cost there is: a person chose this very pod.
    private static final int CHOSEN = Integer.MIN_VALUE;

    private static final Comparator<Pod> URGENT =
            Comparator.<Pod>comparingInt(p -> deletionCost(p) == CHOSEN ? 0 : 1)
                    .thenComparingInt(p -> PodState.node(p) == null ? 0 : 1)
                    .thenComparingInt(Victims::phaseRank)
                    .thenComparingInt(p -> PodState.ready(p) ? 1 : 0)
                    .thenComparingInt(Victims::deletionCost);

    /// The replicas, the first to go first.
    List<Replica> order(List<Replica> replicas) {
        var crowds = crowds(replicas);
        var order =
                URGENT.thenComparing(
                                Comparator.<Pod>comparingInt(
                                                p ->
                                                        crowds.getOrDefault(
                                                                p.getMetadata().getUid(), 0))
                                        .reversed())
                        .thenComparing(young());
        return replicas.stream().sorted(Comparator.comparing(Replica::pod, order)).toList();
    }

    /// How crowded each pod's node will be when it is that pod's turn to go.
    private Map<String, Integer> crowds(List<Replica> replicas) {
        var left = new HashMap<>(related);
        var crowds = new HashMap<String, Integer>();
        replicas.stream()
                .map(Replica::pod)
                .sorted(URGENT.thenComparing(young()))
                .forEach(
                        pod -> {
                            var node = PodState.node(pod);
                            if (node != null) {
                                int count = left.getOrDefault(node, 0);
                                crowds.put(pod.getMetadata().getUid(), count);
                                left.put(node, count - 1);
                            }
                        });
        return crowds;
    }

    private Comparator<Pod> young() {
        return Comparator.<Pod>comparingInt(p -> logarithm(PodState.readySince(p)))
                .thenComparing(Comparator.comparingInt(PodState::restarts).reversed())
                .thenComparingInt(p -> logarithm(PodState.created(p)))
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

    /// Ages of the same order of magnitude are equal, so that not always the newest goes: powers of
    /// two of nanoseconds, as Kubernetes counts them. What never was is younger than all.
    private int logarithm(Instant since) {
        if (since.equals(Instant.EPOCH)) {
            return -2;
        }
        var age = Duration.between(since, now);
        return age.isPositive() ? Long.SIZE - 1 - Long.numberOfLeadingZeros(age.toNanos()) : -1;
    }
}

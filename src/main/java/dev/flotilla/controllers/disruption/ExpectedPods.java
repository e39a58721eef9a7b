package dev.flotilla.controllers.disruption;

import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// How many pods there should be, by the word of those who make them, and how many of those a
/// disruption budget wants healthy.
final class ExpectedPods {
    private final Informer<Deployment> deployments;
    private final Informer<ReplicaSet> replicaSets;
    private final Informer<StatefulSet> statefulSets;
    private final Informer<ReplicationController> controllers;

    ExpectedPods(Informers informers) {
        deployments = informers.of(Deployment.class);
        replicaSets = informers.of(ReplicaSet.class);
        statefulSets = informers.of(StatefulSet.class);
        controllers = informers.of(ReplicationController.class);
    }

    sealed interface Expected {
        /// @param count of all pods
        /// @param desired healthy ones
        record Count(int count, int desired) implements Expected {}

        /// Nobody can say.
        record Unknown(String why) implements Expected {}
    }

    private record Scale(String uid, int replicas) {}

    /// @param pods that the budget selects
    Expected of(PodDisruptionBudget budget, List<Pod> pods) {
        var spec = budget.getSpec();
        var least = spec == null ? null : spec.getMinAvailable();
        var most = spec == null ? null : spec.getMaxUnavailable();
        if (most != null) {
            return scaled(pods, all -> Math.max(0, all - share(most, all)));
        }
        if (least == null) {
            return new Expected.Count(0, 0);
        }
        return least.getIntVal() != null
                ? new Expected.Count(pods.size(), least.getIntVal())
                : scaled(pods, all -> share(least, all));
    }

    /// @param desired of all pods that there should be
    private Expected scaled(List<Pod> pods, IntUnaryOperator desired) {
        var scales = new HashMap<String, Integer>();
        for (var pod : pods) {
            var unknown = add(pod, scales);
            if (unknown.isPresent()) {
                return new Expected.Unknown(unknown.get());
            }
        }
        int all = scales.values().stream().mapToInt(i -> i).sum();
        return new Expected.Count(all, desired.applyAsInt(all));
    }

    /// Adds who makes the pod to the scales, once.
    ///
    /// @return why that can't be said
    private Optional<String> add(Pod pod, Map<String, Integer> scales) {
        var owner = Owners.controller(pod);
        if (owner.isEmpty() || scales.containsKey(owner.get().getUid())) {
            return Optional.empty();
        }
        var scale = scale(pod, owner.get());
        if (scale.isEmpty()) {
            return Optional.of(
                    "found no controllers for pod \"" + pod.getMetadata().getName() + "\"");
        }
        scales.put(scale.get().uid(), scale.get().replicas());
        return Optional.empty();
    }

    private Optional<Scale> scale(HasMetadata object, OwnerReference owner) {
        var key = new ObjectKey(ObjectKey.of(object).namespace(), owner.getName());
        return switch (owner.getKind()) {
            case "ReplicaSet" ->
                    is(replicaSets.get(key), owner)
                            .flatMap(
                                    set ->
                                            Owners.controller(set)
                                                    .filter(o -> o.getKind().equals("Deployment"))
                                                    .flatMap(o -> scale(set, o))
                                                    .or(
                                                            () ->
                                                                    scale(
                                                                            set,
                                                                            set.getSpec()
                                                                                    .getReplicas())));
            case "Deployment" ->
                    is(deployments.get(key), owner)
                            .flatMap(d -> scale(d, d.getSpec().getReplicas()));
            case "StatefulSet" ->
                    is(statefulSets.get(key), owner)
                            .flatMap(s -> scale(s, s.getSpec().getReplicas()));
            case "ReplicationController" ->
                    is(controllers.get(key), owner)
                            .flatMap(c -> scale(c, c.getSpec().getReplicas()));
            default -> Optional.empty();
        };
    }

    private static Optional<Scale> scale(HasMetadata owner, @Nullable Integer replicas) {
        return Optional.of(
                new Scale(owner.getMetadata().getUid(), Objects.requireNonNullElse(replicas, 1)));
    }

    private static <T extends HasMetadata> Optional<T> is(Optional<T> found, OwnerReference owner) {
        return found.filter(o -> owner.getUid().equals(o.getMetadata().getUid()));
    }

    /// A part of all, rounded up.
    private static int share(IntOrString part, int all) {
        if (part.getIntVal() != null) {
            return part.getIntVal();
        }
        var percent = Long.parseLong(part.getStrVal().replace("%", ""));
        return (int) Math.ceilDiv(percent * all, 100);
    }
}

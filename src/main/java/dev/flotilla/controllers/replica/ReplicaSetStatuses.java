package dev.flotilla.controllers.replica;

import dev.flotilla.controllers.owner.Owners;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What a ReplicaSet says of itself.
final class ReplicaSetStatuses {
    private static final String FAILURE = "ReplicaFailure";

    private ReplicaSetStatuses() {}

    /// @param failure why a pod could not be made or deleted, if so
    static ReplicaSetStatus of(
            ReplicaSet set, List<Replica> replicas, Optional<Failure> failure, Instant now) {
        int minReady = Objects.requireNonNullElse(set.getSpec().getMinReadySeconds(), 0);
        var labels = templateLabels(set);
        return new ReplicaSetStatusBuilder()
                .withReplicas(replicas.size())
                .withFullyLabeledReplicas(
                        count(replicas, r -> Owners.labels(r.pod()).entrySet().containsAll(labels)))
                .withReadyReplicas(count(replicas, Replica::ready))
                .withAvailableReplicas(count(replicas, r -> r.available(minReady, now)))
                .withObservedGeneration(set.getMetadata().getGeneration())
                .withConditions(conditions(set, failure, now))
                .build();
    }

    /// A pod that could not be made or deleted.
    ///
    /// @param reason `FailedCreate` or `FailedDelete`
    record Failure(String reason, String message) {}

    private static Set<Map.Entry<String, String>> templateLabels(ReplicaSet set) {
        var meta = set.getSpec().getTemplate().getMetadata();
        return meta == null || meta.getLabels() == null ? Set.of() : meta.getLabels().entrySet();
    }

    private static int count(List<Replica> replicas, Predicate<Replica> test) {
        return (int) replicas.stream().filter(test).count();
    }

    /// The first failure is told until there is none: the words of the next may differ each time,
    /// and writing them would wake who writes them.
    private static List<ReplicaSetCondition> conditions(
            ReplicaSet set, Optional<Failure> failure, Instant now) {
        if (failure.isEmpty()) {
            return List.of();
        }
        var before =
                Optional.ofNullable(set.getStatus())
                        .flatMap(s -> s.getConditions().stream().findFirst());
        if (before.isPresent()) {
            return List.of(before.get());
        }
        return List.of(
                new ReplicaSetConditionBuilder()
                        .withType(FAILURE)
                        .withStatus("True")
                        .withReason(failure.get().reason())
                        .withMessage(failure.get().message())
                        .withLastTransitionTime(now.truncatedTo(ChronoUnit.SECONDS).toString())
                        .build());
    }
}

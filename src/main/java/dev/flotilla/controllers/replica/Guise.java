package dev.flotilla.controllers.replica;

import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ReplicationControllerBuilder;
import io.fabric8.kubernetes.api.model.ReplicationControllerCondition;
import io.fabric8.kubernetes.api.model.ReplicationControllerConditionBuilder;
import io.fabric8.kubernetes.api.model.ReplicationControllerStatus;
import io.fabric8.kubernetes.api.model.ReplicationControllerStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;

import org.jspecify.annotations.Nullable;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// How a kind whose pods are alike passes for a ReplicaSet, the only one that this package thinks
/// of.
///
/// @param read the object as a ReplicaSet that keeps its own kind and version
/// @param told the object with the status of that ReplicaSet
/// @param forgetAddOn the object without [Marks#ADD_ON]
record Guise<T extends HasMetadata>(
        Class<T> type,
        Function<T, ReplicaSet> read,
        BiFunction<T, ReplicaSetStatus, T> told,
        UnaryOperator<T> forgetAddOn) {

    static final Guise<ReplicaSet> SETS =
            new Guise<>(
                    ReplicaSet.class,
                    set -> set,
                    (set, status) -> new ReplicaSetBuilder(set).withStatus(status).build(),
                    set ->
                            new ReplicaSetBuilder(set)
                                    .editMetadata()
                                    .removeFromAnnotations(Marks.ADD_ON)
                                    .endMetadata()
                                    .build());

    static final Guise<ReplicationController> CONTROLLERS =
            new Guise<>(
                    ReplicationController.class,
                    Guise::set,
                    (c, status) ->
                            new ReplicationControllerBuilder(c).withStatus(status(status)).build(),
                    c ->
                            new ReplicationControllerBuilder(c)
                                    .editMetadata()
                                    .removeFromAnnotations(Marks.ADD_ON)
                                    .endMetadata()
                                    .build());

    String kind() {
        return HasMetadata.getKind(type);
    }

    private static ReplicaSet set(ReplicationController controller) {
        var spec = controller.getSpec();
        return new ReplicaSetBuilder()
                .withApiVersion(controller.getApiVersion())
                .withKind(controller.getKind())
                .withMetadata(controller.getMetadata())
                .withNewSpec()
                .withReplicas(spec.getReplicas())
                .withMinReadySeconds(spec.getMinReadySeconds())
                .withNewSelector()
                .withMatchLabels(spec.getSelector())
                .endSelector()
                .withTemplate(spec.getTemplate())
                .endSpec()
                .withStatus(status(controller.getStatus()))
                .build();
    }

    private static @Nullable ReplicaSetStatus status(@Nullable ReplicationControllerStatus status) {
        return status == null
                ? null
                : new ReplicaSetStatusBuilder()
                        .withReplicas(status.getReplicas())
                        .withFullyLabeledReplicas(status.getFullyLabeledReplicas())
                        .withReadyReplicas(status.getReadyReplicas())
                        .withAvailableReplicas(status.getAvailableReplicas())
                        .withObservedGeneration(status.getObservedGeneration())
                        .withConditions(
                                status.getConditions().stream().map(Guise::condition).toList())
                        .build();
    }

    private static ReplicationControllerStatus status(ReplicaSetStatus status) {
        return new ReplicationControllerStatusBuilder()
                .withReplicas(status.getReplicas())
                .withFullyLabeledReplicas(status.getFullyLabeledReplicas())
                .withReadyReplicas(status.getReadyReplicas())
                .withAvailableReplicas(status.getAvailableReplicas())
                .withObservedGeneration(status.getObservedGeneration())
                .withConditions(status.getConditions().stream().map(Guise::condition).toList())
                .build();
    }

    private static ReplicaSetCondition condition(ReplicationControllerCondition condition) {
        return new ReplicaSetConditionBuilder()
                .withType(condition.getType())
                .withStatus(condition.getStatus())
                .withReason(condition.getReason())
                .withMessage(condition.getMessage())
                .withLastTransitionTime(condition.getLastTransitionTime())
                .build();
    }

    private static ReplicationControllerCondition condition(ReplicaSetCondition condition) {
        return new ReplicationControllerConditionBuilder()
                .withType(condition.getType())
                .withStatus(condition.getStatus())
                .withReason(condition.getReason())
                .withMessage(condition.getMessage())
                .withLastTransitionTime(condition.getLastTransitionTime())
                .build();
    }
}

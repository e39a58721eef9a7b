package dev.flotilla.controllers.scheduler;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/// Writes on a pod why it has no node.
final class Verdicts {
    private static final String SCHEDULED = "PodScheduled";

    private final Cluster cluster;
    private final InstantSource time;
    private final EventRecorder events;

    Verdicts(Cluster cluster, InstantSource time, EventRecorder events) {
        this.cluster = cluster;
        this.time = time;
        this.events = events;
    }

    /// Says it once: the same word again is not written again.
    ///
    /// @param nominated the node on which others make room; null for none
    /// @return false when someone else wrote the pod meanwhile
    boolean unschedulable(Pod pod, String message, @Nullable String nominated) {
        var known = PodState.condition(pod, SCHEDULED);
        var status = pod.getStatus();
        var before = status == null ? null : status.getNominatedNodeName();
        boolean said =
                known.filter(c -> message.equals(c.getMessage()))
                        .filter(c -> "Unschedulable".equals(c.getReason()))
                        .isPresent();
        if (said && Objects.equals(before, nominated)) {
            return true;
        }
        if (!said) {
            events.warning(pod, "FailedScheduling", message);
        }
        var condition =
                new PodConditionBuilder()
                        .withType(SCHEDULED)
                        .withStatus("False")
                        .withReason("Unschedulable")
                        .withMessage(message)
                        .withLastTransitionTime(
                                known.filter(c -> "False".equals(c.getStatus()))
                                        .map(PodCondition::getLastTransitionTime)
                                        .orElseGet(
                                                () ->
                                                        time.instant()
                                                                .truncatedTo(ChronoUnit.SECONDS)
                                                                .toString()))
                        .build();
        var after =
                new PodBuilder(with(pod, condition))
                        .editStatus()
                        .withNominatedNodeName(nominated)
                        .endStatus()
                        .build();
        return !(cluster.updateStatus(pod, after) instanceof Written.Conflict);
    }

    /// The pod with that condition instead of the one of its type.
    static Pod with(Pod pod, PodCondition condition) {
        return new PodBuilder(pod)
                .editOrNewStatus()
                .removeMatchingFromConditions(c -> condition.getType().equals(c.getType()))
                .addToConditions(condition)
                .endStatus()
                .build();
    }
}

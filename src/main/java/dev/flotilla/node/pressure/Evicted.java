package dev.flotilla.node.pressure;

import dev.flotilla.node.status.Stamps;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The status of a pod that had to go.
public final class Evicted {
    static final String REASON = "Evicted";

    /// Of a process that was killed.
    private static final int KILLED = 137;

    private Evicted() {}

    /// Its containers are killed right after this is said.
    ///
    /// @param disruption whether it is the node that could not keep it, rather than the pod that
    ///   went too far
    static PodStatus status(Pod pod, String message, boolean disruption, Instant now) {
        var before = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        return new PodStatusBuilder(before)
                .withPhase("Failed")
                .withReason(REASON)
                .withMessage(message)
                .withContainerStatuses(ended(before.getContainerStatuses(), now))
                .withInitContainerStatuses(ended(before.getInitContainerStatuses(), now))
                .withConditions(conditions(before, message, disruption, now))
                .build();
    }

    /// Why a pod that comes to a node under pressure does not stay.
    static String reason(Collection<Pressure> pressures) {
        return pressures.stream()
                .map(Pressure::condition)
                .collect(Collectors.joining(" ", "The node had condition: [", "]. "));
    }

    /// The status of such a pod.
    static PodStatus refused(Pod pod, Collection<Pressure> pressures, Instant now) {
        return new PodStatusBuilder(pod.getStatus() == null ? new PodStatus() : pod.getStatus())
                .withPhase("Failed")
                .withReason(REASON)
                .withMessage("Pod was rejected: " + reason(pressures))
                .withStartTime(Stamps.of(now))
                .build();
    }

    private static List<ContainerStatus> ended(List<ContainerStatus> statuses, Instant now) {
        var all = new ArrayList<ContainerStatus>();
        for (var status : statuses) {
            var state = status.getState();
            if (state == null || state.getTerminated() != null || state.getRunning() == null) {
                all.add(status);
                continue;
            }
            var ended =
                    new ContainerStateBuilder()
                            .withNewTerminated()
                            .withExitCode(KILLED)
                            .withReason("Error")
                            .withContainerID(status.getContainerID())
                            .withStartedAt(state.getRunning().getStartedAt())
                            .withFinishedAt(Stamps.of(now))
                            .endTerminated()
                            .build();
            all.add(
                    new ContainerStatusBuilder(status)
                            .withState(ended)
                            .withReady(false)
                            .withStarted(false)
                            .build());
        }
        return all;
    }

    private static List<PodCondition> conditions(
            PodStatus before, String message, boolean disruption, Instant now) {
        var said =
                Map.of(
                        "Ready", condition("Ready", "False", "PodFailed", null, now),
                        "ContainersReady",
                                condition("ContainersReady", "False", "PodFailed", null, now));
        var all = new ArrayList<PodCondition>();
        for (var condition : before.getConditions()) {
            var own = said.get(condition.getType());
            all.add(own == null || own.getStatus().equals(condition.getStatus()) ? condition : own);
        }
        if (!disruption) {
            return all;
        }
        all.removeIf(c -> c.getType().equals("DisruptionTarget"));
        all.add(condition("DisruptionTarget", "True", "TerminationByKubelet", message, now));
        return all;
    }

    private static PodCondition condition(
            String type, String status, String reason, @Nullable String message, Instant now) {
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(Stamps.of(now))
                .build();
    }
}

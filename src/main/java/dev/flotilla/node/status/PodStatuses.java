package dev.flotilla.node.status;

import dev.flotilla.node.ContainerSpec;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.PodLabels;
import dev.flotilla.node.Shape;
import dev.flotilla.node.memory.Facts;
import dev.flotilla.node.memory.Trouble;
import dev.flotilla.node.plan.Deadline;
import dev.flotilla.node.plan.PodPlan;
import dev.flotilla.node.plan.Unsupported;
import dev.flotilla.node.status.ContainerStatuses.Waiting;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HostIP;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A pod's status, decided from what is known of it.
///
/// @param engine what a container id begins with, `docker`
/// @param hostIp the node's address
public record PodStatuses(String engine, String hostIp) {

    /// @param podIp empty if it has none yet
    public PodStatus of(
            Pod pod, List<ContainerState> containers, Facts facts, String podIp, Instant now) {
        var before = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        if (PodPlan.isOver(pod) && isToldWhole(before)) {
            return before;
        }
        var spec = pod.getSpec();
        var first = statuses(pod, spec.getInitContainers(), containers, facts, now);
        var init = Init.of(spec.getInitContainers(), first, Shape.restart(pod));
        var each = statuses(pod, spec.getContainers(), containers, facts, now);
        var visitors = statuses(pod, Shape.visitors(pod), containers, facts, now);
        visitors.forEach(v -> v.setReady(false));
        var status = new PodStatusBuilder(before);
        boolean late = Deadline.passed(pod, now);
        if (late) {
            status.withReason(Deadline.REASON).withMessage(Deadline.MESSAGE);
        }
        var phase =
                late
                        ? "Failed"
                        : PodPlan.isOver(pod)
                                ? before.getPhase()
                                : init.phase().orElseGet(() -> phase(pod, each));
        status.withInitContainerStatuses(first).withContainerStatuses(each).withPhase(phase);
        status.withEphemeralContainerStatuses(visitors);
        status.withHostIP(hostIp).withHostIPs(new HostIP(hostIp));
        if (!podIp.isEmpty()) {
            status.withPodIP(podIp).withPodIPs(new PodIP(podIp));
        }
        if (before.getStartTime() == null) {
            status.withStartTime(Stamps.of(now));
        }
        return status.withConditions(
                        new PodConditions(pod, before, phase, now)
                                .of(!podIp.isEmpty(), init, first, each))
                .build();
    }

    /// The same, for a pod on a node that does not answer: nothing is known but that it can't be
    /// counted on.
    public static PodStatus unknown(Pod pod, Instant now) {
        var before = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        if (PodPlan.isOver(pod)) {
            return before;
        }
        var conditions = new ArrayList<PodCondition>();
        for (var condition : before.getConditions()) {
            conditions.add(
                    condition.getType().equals("Ready") && "True".equals(condition.getStatus())
                            ? Conditions.next(before, "Ready", false, "NodeNotReady", null, now)
                            : condition);
        }
        return new PodStatusBuilder(before).withConditions(conditions).build();
    }

    private List<ContainerStatus> statuses(
            Pod pod,
            List<Container> wanted,
            List<ContainerState> containers,
            Facts facts,
            Instant now) {
        var pause = pause(pod, facts, now).orElse(null);
        var each = new ArrayList<ContainerStatus>();
        for (var container : wanted) {
            boolean once = Shape.restart(pod, container) != ContainerSpec.Restart.ALWAYS;
            var words = new ContainerStatuses(now, engine, pod, pause, once);
            var name = container.getName();
            var state =
                    containers.stream()
                            .filter(c -> PodLabels.container(c).equals(name))
                            .findFirst()
                            .orElse(null);
            var status = words.of(container, state, facts.track(name), facts.vital(name));
            fetching(pod, status, facts.fetching().getOrDefault(name, ""));
            each.add(status);
        }
        return each;
    }

    /// Whether nothing more is to be told of a pod that is over: all that ran of it has ended.
    private static boolean isToldWhole(PodStatus status) {
        return Stream.concat(
                        status.getInitContainerStatuses().stream(),
                        status.getContainerStatuses().stream())
                .map(ContainerStatus::getState)
                .allMatch(s -> s == null || s.getRunning() == null);
    }

    /// Kubernetes says nothing there; a person who waits for a large image wants to know.
    private static void fetching(Pod pod, ContainerStatus status, String words) {
        var waiting = status.getState().getWaiting();
        if (!words.isEmpty()
                && waiting != null
                && Waiting.usual(pod).reason().equals(waiting.getReason())) {
            waiting.setMessage(words);
        }
    }

    private static Optional<Waiting> pause(Pod pod, Facts facts, Instant now) {
        var refusal = Unsupported.refusal(pod);
        if (refusal.isPresent()) {
            return Optional.of(new Waiting(Trouble.CONFIG, refusal.get()));
        }
        var sandbox = facts.track(PodLabels.SANDBOX).trouble();
        return sandbox == null
                ? Optional.empty()
                : Optional.of(
                        new Waiting(
                                sandbox.shownReason(now),
                                "the pod's sandbox: " + sandbox.message()));
    }

    private static String phase(Pod pod, List<ContainerStatus> each) {
        boolean allEnded = true;
        boolean anyRunning = false;
        boolean anyNew = false;
        boolean anyFailed = false;
        for (var status : each) {
            var state = status.getState();
            var last = status.getLastState();
            allEnded &= state.getTerminated() != null;
            anyRunning |= state.getRunning() != null;
            anyNew |= state.getWaiting() != null && last.getTerminated() == null;
            anyFailed |= state.getTerminated() != null && state.getTerminated().getExitCode() != 0;
        }
        if (anyNew) {
            return "Pending";
        }
        if (!allEnded || anyRunning) {
            return "Running";
        }
        return switch (Shape.restart(pod)) {
            case ALWAYS -> "Running";
            case ON_FAILURE -> anyFailed ? "Running" : "Succeeded";
            case NEVER -> anyFailed ? "Failed" : "Succeeded";
        };
    }
}

package dev.flotilla.node.plan;

import dev.flotilla.node.ContainerState;
import dev.flotilla.node.ContainerState.Phase;
import dev.flotilla.node.PodLabels;
import dev.flotilla.node.Shape;
import dev.flotilla.node.memory.Facts;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How a pod's containers go: the applications, then the sidecars, the last of them first, then the
/// sandbox.
record Departure(Pod pod, List<ContainerState> containers, Facts facts, Instant now) {
    /// A container is never killed without this much time to end.
    private static final Duration LEAST = Duration.ofSeconds(2);

    /// Of a pod that is deleted: the object goes last.
    List<Action> deleted() {
        var apps = containers.stream().filter(c -> !PodLabels.isSandbox(c)).toList();
        if (!apps.isEmpty()) {
            return next(apps).stream().map(c -> remove(c, grace(c))).toList();
        }
        if (!facts.busy().isEmpty()) {
            return List.of();
        }
        return containers.isEmpty()
                ? List.of(new Action.Finish())
                : containers.stream().map(c -> remove(c, Duration.ZERO)).toList();
    }

    /// Of a pod whose work is over: what is left of it stays to be looked at.
    List<Action> over() {
        var running = containers.stream().filter(Departure::runs).toList();
        var apps = running.stream().filter(c -> !PodLabels.isSandbox(c)).toList();
        return (apps.isEmpty() ? running : next(apps)).stream().map(this::stop).toList();
    }

    /// What does not run needs no time to end.
    static Action remove(ContainerState state, Duration grace) {
        return new Action.Remove(
                PodLabels.container(state), state.id(), runs(state) ? grace : Duration.ZERO);
    }

    private Action stop(ContainerState state) {
        var grace = PodLabels.isSandbox(state) ? Duration.ZERO : grace(state);
        return new Action.Stop(PodLabels.container(state), state.id(), grace);
    }

    /// Whose turn it is to go.
    private List<ContainerState> next(List<ContainerState> apps) {
        var sidecars =
                pod.getSpec().getInitContainers().reversed().stream()
                        .filter(Shape::isSidecar)
                        .map(Container::getName)
                        .toList();
        var first = apps.stream().filter(c -> !sidecars.contains(PodLabels.container(c))).toList();
        if (!first.isEmpty()) {
            return first;
        }
        return sidecars.stream()
                .flatMap(s -> apps.stream().filter(c -> PodLabels.container(c).equals(s)))
                .limit(1)
                .toList();
    }

    /// A sidecar has what the applications left of the pod's grace.
    private Duration grace(ContainerState state) {
        var until = pod.getMetadata().getDeletionTimestamp();
        boolean last =
                Shape.container(pod, PodLabels.container(state))
                        .filter(Shape::isSidecar)
                        .isPresent();
        if (!last || until == null) {
            return PodPlan.grace(pod);
        }
        var left = Duration.between(now, Instant.parse(until));
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }

    private static boolean runs(ContainerState state) {
        return state.phase() instanceof Phase.Running || state.phase() instanceof Phase.Restarting;
    }
}

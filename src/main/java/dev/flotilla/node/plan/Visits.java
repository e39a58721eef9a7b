package dev.flotilla.node.plan;

import dev.flotilla.node.ContainerState;
import dev.flotilla.node.ContainerState.Phase;
import dev.flotilla.node.PodLabels;
import dev.flotilla.node.Shape;
import dev.flotilla.node.memory.Facts;

import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.Pod;

import java.util.List;
import java.util.Optional;

/// Ephemeral containers: each runs once, beside what runs.
record Visits(Pod pod, List<ContainerState> containers, Facts facts) {
    List<Action> next() {
        return pod.getSpec().getEphemeralContainers().stream()
                .flatMap(v -> next(v).stream())
                .toList();
    }

    private Optional<Action> next(EphemeralContainer visitor) {
        var name = visitor.getName();
        var there = find(name);
        if (there.isPresent()) {
            return there.filter(s -> s.phase() instanceof Phase.Created)
                    .map(s -> new Action.Start(name, s.id(), false));
        }
        if (!facts.track(name).containerId().isEmpty()) {
            return Optional.empty();
        }
        if (!facts.imageReady().contains(name)) {
            return Optional.of(new Action.Fetch(name));
        }
        var network = running(Shape.hasSandbox(pod) ? PodLabels.SANDBOX : alone());
        var wanted = visitor.getTargetContainerName();
        if (wanted == null || wanted.isEmpty()) {
            return network.map(id -> new Action.Visit(name, id, ""));
        }
        return network.flatMap(id -> running(wanted).map(t -> new Action.Visit(name, id, t)));
    }

    private String alone() {
        return pod.getSpec().getContainers().getFirst().getName();
    }

    /// The id of that container, if it runs.
    private Optional<String> running(String container) {
        return find(container)
                .filter(s -> s.phase() instanceof Phase.Running)
                .map(ContainerState::id);
    }

    private Optional<ContainerState> find(String container) {
        return containers.stream()
                .filter(c -> PodLabels.container(c).equals(container))
                .findFirst();
    }
}

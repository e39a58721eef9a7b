package dev.flotilla.node.status;

import dev.flotilla.node.Shape;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What holds of a pod and why not, in the order and the words of Kubernetes' nodes.
///
/// @param before what was last told
/// @param phase what is told now
record PodConditions(Pod pod, PodStatus before, String phase, Instant now) {
    private static final String NETWORK = "PodReadyToStartContainers";

    /// @param reason null where nothing is to be explained
    private record Verdict(boolean holds, @Nullable String reason, @Nullable String message) {
        static final Verdict TRUE = new Verdict(true, null, null);

        static Verdict not(String reason, @Nullable String message) {
            return new Verdict(false, reason, message);
        }
    }

    /// @param networked whether the pod has its address and can begin
    List<PodCondition> of(
            boolean networked, Init init, List<ContainerStatus> first, List<ContainerStatus> each) {
        var ready = containersReady(first, each);
        var all = new ArrayList<PodCondition>();
        all.add(next(NETWORK, new Verdict(networked && !isOver(), null, null)));
        all.add(next("Initialized", initialized(init, each)));
        all.add(next("Ready", ready.holds() ? gates() : ready));
        all.add(next("ContainersReady", ready));
        all.add(next("PodScheduled", Verdict.TRUE));
        var ours = all.stream().map(PodCondition::getType).toList();
        before.getConditions().stream().filter(c -> !ours.contains(c.getType())).forEach(all::add);
        return all;
    }

    private Verdict initialized(Init init, List<ContainerStatus> each) {
        if (phase.equals("Succeeded")) {
            return new Verdict(true, "PodCompleted", null);
        }
        boolean done = init.done() || each.stream().anyMatch(PodConditions::wasMade);
        return done ? Verdict.TRUE : Verdict.not("ContainersNotInitialized", init.message());
    }

    private Verdict containersReady(List<ContainerStatus> first, List<ContainerStatus> each) {
        if (phase.equals("Succeeded")) {
            return Verdict.not("PodCompleted", null);
        }
        if (phase.equals("Failed")) {
            return Verdict.not("PodFailed", null);
        }
        var sidecars =
                first.stream()
                        .filter(
                                s ->
                                        Shape.container(pod, s.getName())
                                                .filter(Shape::isSidecar)
                                                .isPresent());
        var unready =
                Stream.concat(sidecars, each.stream())
                        .filter(c -> !c.getReady())
                        .map(ContainerStatus::getName)
                        .toList();
        return unready.isEmpty()
                ? Verdict.TRUE
                : Verdict.not(
                        "ContainersNotReady",
                        "containers with unready status: [" + String.join(" ", unready) + "]");
    }

    /// What others must say of the pod before it counts as ready.
    private Verdict gates() {
        Map<String, PodCondition> said =
                before.getConditions().stream()
                        .collect(
                                Collectors.toMap(
                                        PodCondition::getType, Function.identity(), (a, _) -> a));
        var missing = new ArrayList<String>();
        for (var gate : pod.getSpec().getReadinessGates()) {
            var type = gate.getConditionType();
            var condition = said.get(type);
            if (condition == null) {
                missing.add(
                        "corresponding condition of pod readiness gate \"%s\" does not exist."
                                .formatted(type));
            } else if (!"True".equals(condition.getStatus())) {
                missing.add(
                        "the status of pod readiness gate \"%s\" is not \"True\", but %s"
                                .formatted(type, condition.getStatus()));
            }
        }
        return missing.isEmpty()
                ? Verdict.TRUE
                : Verdict.not("ReadinessGatesNotReady", String.join(", ", missing));
    }

    private boolean isOver() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private static boolean wasMade(ContainerStatus status) {
        return status.getContainerID() != null;
    }

    private PodCondition next(String type, Verdict verdict) {
        return Conditions.next(
                before, type, verdict.holds(), verdict.reason(), verdict.message(), now);
    }
}

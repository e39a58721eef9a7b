package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.disruption.Disruptions;
import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;

import java.util.Objects;

/// Who may have another's place: pods of a higher priority, and nobody else.
final class Ranks {
    private Ranks() {}

    /// No pod waits where it would find room beside those that matter as much as it does, and those
    /// whom a budget protects.
    static void judge(World world) {
        for (var pod : world.seen(Pod.class)) {
            if (PodState.active(pod) && PodState.node(pod) == null) {
                for (var node : world.seen(Node.class)) {
                    assertThat(room(world, node, pod))
                            .as(
                                    "room on %s for %s, which waits",
                                    node.getMetadata().getName(), World.line(pod))
                            .isLessThan(Watchers.millis(pod));
                }
            }
        }
    }

    static int of(Pod pod) {
        return Objects.requireNonNullElse(pod.getSpec().getPriority(), 0);
    }

    /// Whether its status says that the scheduler takes its place for another.
    static boolean victim(Pod pod) {
        return PodState.condition(pod, "DisruptionTarget")
                .filter(c -> "PreemptionByScheduler".equals(c.getReason()))
                .isPresent();
    }

    private static long room(World world, Node node, Pod wanting) {
        long taken =
                world.seen(Pod.class).stream()
                        .filter(p -> node.getMetadata().getName().equals(PodState.node(p)))
                        .filter(p -> !PodState.over(p))
                        .filter(p -> of(p) >= of(wanting) || shielded(world, p))
                        .mapToLong(Watchers::millis)
                        .sum();
        return Watchers.allocatable(node) - taken;
    }

    private static boolean shielded(World world, Pod pod) {
        return world.seen(PodDisruptionBudget.class).stream()
                .filter(b -> Disruptions.selects(b, pod))
                .anyMatch(
                        b ->
                                Objects.requireNonNullElse(b.getStatus().getDisruptionsAllowed(), 0)
                                        == 0);
    }
}

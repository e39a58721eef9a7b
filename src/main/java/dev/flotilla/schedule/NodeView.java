package dev.flotilla.schedule;

import dev.flotilla.model.Resources;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A node as the scheduler sees it: what it is, and what its pods request.
///
/// @param facts null while pods are bound to it but no such node exists
/// @param usedCpuMillis sum of the requests of its pods
/// @param usedMemoryBytes sum of the requests of its pods
/// @param pods how many pods it holds, terminating ones among them
record NodeView(
        String name, @Nullable Facts facts, long usedCpuMillis, long usedMemoryBytes, int pods) {
    private static final int PODS_WHEN_UNSAID = 110;

    static NodeView empty(String name) {
        return new NodeView(name, null, 0, 0, 0);
    }

    NodeView with(@Nullable Facts now) {
        return new NodeView(name, now, usedCpuMillis, usedMemoryBytes, pods);
    }

    NodeView plus(PodView pod) {
        return new NodeView(
                name,
                facts,
                usedCpuMillis + pod.cpuMillis(),
                usedMemoryBytes + pod.memoryBytes(),
                pods + 1);
    }

    NodeView minus(PodView pod) {
        return new NodeView(
                name,
                facts,
                usedCpuMillis - pod.cpuMillis(),
                usedMemoryBytes - pod.memoryBytes(),
                pods - 1);
    }

    /// What a node says of itself that matters for placing pods.
    ///
    /// @param unschedulable cordoned
    /// @param taints those with effect `NoSchedule` or `NoExecute`
    record Facts(
            boolean ready,
            boolean unschedulable,
            List<Taint> taints,
            Map<String, String> labels,
            long cpuMillis,
            long memoryBytes,
            long podLimit) {

        static Facts of(Node node) {
            var spec = node.getSpec();
            var room = Resources.allocatable(node);
            return new Facts(
                    isReady(node),
                    spec != null && Boolean.TRUE.equals(spec.getUnschedulable()),
                    spec == null ? List.of() : repelling(spec.getTaints()),
                    Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of()),
                    room.cpuMillis(),
                    room.memoryBytes(),
                    podLimit(node));
        }

        /// Whether it takes pods at all, whatever pod it is.
        boolean open() {
            return ready && !unschedulable;
        }

        private static boolean isReady(Node node) {
            var status = node.getStatus();
            return status != null
                    && status.getConditions().stream()
                            .anyMatch(
                                    c ->
                                            c.getType().equals("Ready")
                                                    && c.getStatus().equals("True"));
        }

        private static List<Taint> repelling(List<Taint> taints) {
            return taints.stream()
                    .filter(t -> !Objects.equals(t.getEffect(), "PreferNoSchedule"))
                    .toList();
        }

        private static long podLimit(Node node) {
            var status = node.getStatus();
            Map<String, Quantity> allocatable =
                    status == null || status.getAllocatable() == null
                            ? Map.of()
                            : status.getAllocatable();
            var pods = allocatable.get("pods");
            return pods == null ? PODS_WHEN_UNSAID : pods.getNumericalAmount().longValue();
        }
    }
}

package dev.flotilla.node.pressure;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.stream.Stream;

/// A pod that may have to go, with what its containers use.
///
/// @param known whether its use is known
/// @param memoryBytes by container
/// @param diskBytes written, by container
record Candidate(
        Pod pod, boolean known, Map<String, Long> memoryBytes, Map<String, Long> diskBytes) {
    private static final int CRITICAL = 2_000_000_000;

    int priority() {
        var priority = pod.getSpec().getPriority();
        return priority == null ? 0 : priority;
    }

    /// The system's own pods are never made to go.
    boolean isCritical() {
        return priority() >= CRITICAL;
    }

    long used(String resource) {
        return uses(resource).values().stream().mapToLong(n -> n).sum();
    }

    Map<String, Long> uses(String resource) {
        return switch (resource) {
            case "memory" -> memoryBytes;
            case "ephemeral-storage" -> diskBytes;
            default -> Map.of();
        };
    }

    /// The sum over its containers, or the largest of those that come first, one by one.
    long requested(String resource) {
        long sum =
                pod.getSpec().getContainers().stream().mapToLong(c -> request(c, resource)).sum();
        long first =
                pod.getSpec().getInitContainers().stream()
                        .mapToLong(c -> request(c, resource))
                        .max()
                        .orElse(0);
        return Math.max(sum, first);
    }

    boolean exceeds(String resource) {
        return used(resource) > requested(resource);
    }

    static long request(Container container, String resource) {
        var quantity = quantity(container, resource);
        return quantity == null ? 0 : Quantity.getAmountInBytes(quantity).longValue();
    }

    /// As its author wrote it, `0` if it is not there.
    static String requestText(Container container, String resource) {
        var quantity = quantity(container, resource);
        return quantity == null ? "0" : quantity.toString();
    }

    Stream<Container> containers() {
        return pod.getSpec().getContainers().stream();
    }

    private static @Nullable Quantity quantity(Container container, String resource) {
        var resources = container.getResources();
        return resources == null || resources.getRequests() == null
                ? null
                : resources.getRequests().get(resource);
    }
}

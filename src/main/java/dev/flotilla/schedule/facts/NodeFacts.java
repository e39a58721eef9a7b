package dev.flotilla.schedule.facts;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// What a node says of itself that matters for placing pods.
///
/// @param unschedulable cordoned
/// @param room what it offers to pods
/// @param images their sizes in bytes, by every name they have
/// @param handlers its engine's runtimes; empty if it does not say
public record NodeFacts(
        boolean ready,
        boolean unschedulable,
        List<Taint> taints,
        Map<String, String> labels,
        Amounts room,
        long podLimit,
        Map<String, Long> images,
        Set<String> handlers) {
    private static final int PODS_WHEN_UNSAID = 110;

    public static NodeFacts of(Node node) {
        var spec = node.getSpec();
        var status = node.getStatus();
        Map<String, Quantity> room =
                status == null || status.getAllocatable() == null
                        ? Map.of()
                        : status.getAllocatable();
        return new NodeFacts(
                isReady(node),
                spec != null && Boolean.TRUE.equals(spec.getUnschedulable()),
                spec == null || spec.getTaints() == null
                        ? List.of()
                        : List.copyOf(spec.getTaints()),
                Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of()),
                Amounts.of(room),
                room.containsKey("pods")
                        ? room.get("pods").getNumericalAmount().longValue()
                        : PODS_WHEN_UNSAID,
                images(node),
                handlers(node));
    }

    /// Whether it takes pods at all, whatever pod it is.
    public boolean open() {
        return ready && !unschedulable;
    }

    private static boolean isReady(Node node) {
        var status = node.getStatus();
        return status != null
                && status.getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    }

    private static Set<String> handlers(Node node) {
        var status = node.getStatus();
        return status == null || status.getRuntimeHandlers() == null
                ? Set.of()
                : status.getRuntimeHandlers().stream()
                        .map(h -> Objects.requireNonNullElse(h.getName(), ""))
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, Long> images(Node node) {
        var status = node.getStatus();
        if (status == null || status.getImages() == null || status.getImages().isEmpty()) {
            return Map.of();
        }
        var sizes = new HashMap<String, Long>();
        for (var image : status.getImages()) {
            long size = Objects.requireNonNullElse(image.getSizeBytes(), 0L);
            image.getNames().forEach(name -> sizes.put(name, size));
        }
        return sizes;
    }
}

package dev.flotilla.ui.state;

import static java.util.Objects.requireNonNullElse;

import dev.flotilla.model.Marks;
import dev.flotilla.model.Resources;
import dev.flotilla.ui.state.NodeState.Ready;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Taint;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a Node of the API into what the window shows.
final class NodeReader {
    private NodeReader() {}

    /// @param requested by its unfinished pods
    static NodeState read(Node node, Resources requested, @Nullable Use use) {
        var meta = node.getMetadata();
        var spec = Optional.ofNullable(node.getSpec());
        var status = Optional.ofNullable(node.getStatus());
        var ready =
                status.map(s -> s.getConditions()).orElse(List.of()).stream()
                        .filter(c -> "Ready".equals(c.getType()))
                        .findFirst();
        var taints = spec.map(s -> s.getTaints()).orElse(List.of());
        return new NodeState(
                meta.getName(),
                address(status.map(s -> s.getAddresses()).orElse(List.of())),
                ready.map(NodeReader::word).orElse(Ready.UNKNOWN),
                ready.map(c -> requireNonNullElse(c.getMessage(), "")).orElse(""),
                spec.map(s -> Boolean.TRUE.equals(s.getUnschedulable())).orElse(false),
                Resources.allocatable(node),
                requested,
                taints.stream().map(NodeReader::text).toList(),
                runtime(node),
                PodReader.time(meta.getCreationTimestamp()),
                use);
    }

    private static Ready word(NodeCondition c) {
        return switch (c.getStatus()) {
            case "True" -> Ready.READY;
            case "False" -> Ready.NOT_READY;
            case String _ -> Ready.UNKNOWN;
        };
    }

    private static String address(List<NodeAddress> all) {
        return all.stream()
                .filter(a -> "InternalIP".equals(a.getType()))
                .map(NodeAddress::getAddress)
                .findFirst()
                .orElse("");
    }

    private static String text(Taint t) {
        var value = t.getValue() == null || t.getValue().isEmpty() ? "" : "=" + t.getValue();
        return t.getKey() + value + ":" + t.getEffect();
    }

    private static String runtime(Node node) {
        var labels = requireNonNullElse(node.getMetadata().getLabels(), Map.<String, String>of());
        var notes =
                requireNonNullElse(node.getMetadata().getAnnotations(), Map.<String, String>of());
        var mark = labels.getOrDefault(Marks.RUNTIME, notes.get(Marks.RUNTIME));
        if (mark != null) {
            return mark;
        }
        var info = node.getStatus() == null ? null : node.getStatus().getNodeInfo();
        return info == null ? "" : requireNonNullElse(info.getContainerRuntimeVersion(), "");
    }
}

package dev.flotilla.node.push;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.model.ImagePushSpec;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Node;

import java.util.List;

/// Which nodes a push is for.
record Targets(Cluster cluster) {
    /// @throws IllegalArgumentException if there is no such node, or none at all
    List<String> of(ImagePushSpec spec) {
        var asked = spec.nodes() == null ? List.<String>of() : spec.nodes();
        if (asked.isEmpty()) {
            return allReady();
        }
        for (var name : asked) {
            if (cluster.get(Node.class, ObjectKey.of(name)).isEmpty()) {
                throw new IllegalArgumentException(
                        "there is no node \"%s\"; there are: %s".formatted(name, known()));
            }
        }
        return asked.stream().distinct().toList();
    }

    private List<String> allReady() {
        var ready =
                cluster.list(Node.class).items().stream()
                        .filter(Targets::isReady)
                        .map(n -> n.getMetadata().getName())
                        .sorted()
                        .toList();
        if (ready.isEmpty()) {
            throw new IllegalArgumentException("no node is ready; there are: " + known());
        }
        return ready;
    }

    private String known() {
        var names =
                cluster.list(Node.class).items().stream()
                        .map(n -> n.getMetadata().getName())
                        .sorted()
                        .toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static boolean isReady(Node node) {
        var status = node.getStatus();
        return status != null
                && status.getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    }
}

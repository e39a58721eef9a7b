package dev.flotilla.controllers.balancer;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.NodeAddresses;

import io.fabric8.kubernetes.api.model.Node;

import java.util.Collection;
import java.util.List;

/// The addresses by which a cluster is entered.
final class Gates {
    private static final String EXCLUDED =
            "node.kubernetes.io/exclude-from-external-load-balancers";

    private Gates() {}

    /// Of all nodes that are ready and not excluded, each once, in order.
    static List<String> of(Collection<Node> nodes) {
        return nodes.stream()
                .filter(Gates::open)
                .flatMap(n -> NodeAddresses.of(n).outward().stream())
                .distinct()
                .sorted(NodeAddresses.ORDER)
                .toList();
    }

    private static boolean open(Node node) {
        return !Owners.leaving(node)
                && !Owners.labels(node).containsKey(EXCLUDED)
                && node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    }
}

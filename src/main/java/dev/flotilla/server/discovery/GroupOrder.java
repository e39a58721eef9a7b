package dev.flotilla.server.discovery;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The order in which Kubernetes tells of its groups. Clients that are asked for a kind without a
/// group take the first that has it, and list what belongs together in this order.
final class GroupOrder {
    private static final List<String> KNOWN =
            List.of(
                    "",
                    "apps",
                    "events.k8s.io",
                    "authentication.k8s.io",
                    "authorization.k8s.io",
                    "autoscaling",
                    "batch",
                    "certificates.k8s.io",
                    "networking.k8s.io",
                    "policy",
                    "rbac.authorization.k8s.io",
                    "storage.k8s.io",
                    "apiextensions.k8s.io",
                    "scheduling.k8s.io",
                    "coordination.k8s.io",
                    "node.k8s.io",
                    "discovery.k8s.io");

    private GroupOrder() {}

    /// Those that Kubernetes has, then all others as they come.
    static List<String> of(Collection<String> groups) {
        return groups.stream().sorted(Comparator.comparingInt(GroupOrder::place)).toList();
    }

    private static int place(String group) {
        int at = KNOWN.indexOf(group);
        return at < 0 ? KNOWN.size() : at;
    }
}

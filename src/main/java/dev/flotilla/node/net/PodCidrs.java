package dev.flotilla.node.net;

import io.fabric8.kubernetes.api.model.Node;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/// Gives each node its own part of the cluster's CIDR, and the same again when it comes back.
/// Guarded by its own monitor.
public final class PodCidrs {
    private static final int LENGTH = 24;

    private final Cidr cluster;
    private final Map<String, String> given = new HashMap<>();

    /// @param clusterCidr such as `10.42.0.0/16`; each node gets 256 addresses of it
    public PodCidrs(String clusterCidr) {
        this.cluster = Cidr.parse(clusterCidr);
    }

    /// @param nodes all that the cluster has now
    public synchronized String of(String node, Collection<Node> nodes) {
        var taken = new HashSet<String>();
        for (var other : nodes) {
            var cidr = other.getSpec() == null ? null : other.getSpec().getPodCIDR();
            if (cidr != null) {
                if (other.getMetadata().getName().equals(node)
                        && cluster.contains(cidr.replaceFirst("/.*$", ""))) {
                    return cidr;
                }
                taken.add(cidr);
            }
        }
        given.forEach(
                (name, cidr) -> {
                    if (!name.equals(node)) {
                        taken.add(cidr);
                    }
                });
        int parts = cluster.parts(LENGTH);
        for (int i = 0; i < parts; i++) {
            var cidr = cluster.part(LENGTH, i).toString();
            if (!taken.contains(cidr)) {
                given.put(node, cidr);
                return cidr;
            }
        }
        throw new IllegalStateException(
                "node %s gets no pod CIDR: all %d parts of %s are taken"
                        .formatted(node, parts, cluster));
    }

    /// The node is not attached any more; its part is another's only once its Node is gone too.
    public synchronized void release(String node) {
        given.remove(node);
    }
}

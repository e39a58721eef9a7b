package dev.flotilla.node;

import dev.flotilla.node.image.LocalLogins;
import dev.flotilla.node.net.Cidr;
import dev.flotilla.node.pressure.Thresholds;

import java.util.List;

/// What all nodes of a cluster have in common.
///
/// @param clusterCidr of all pods; each node gets a /24 of it
/// @param sandboxImages what holds the network of a pod with several containers: the first that a
///   node has already, else the last is pulled
/// @param evictionHard what a node must have left
/// @param logins whose registries images may be pulled from, beside those of Secrets
/// @param podPids how many processes each container of a pod may have, 0 for no limit
public record NodeConfig(
        String clusterCidr,
        List<String> sandboxImages,
        Thresholds evictionHard,
        LocalLogins logins,
        long podPids) {
    public static final NodeConfig DEFAULT = of("10.42.0.0/16");

    public NodeConfig {
        var cidr = Cidr.parse(clusterCidr);
        if (cidr.prefix() > 23) {
            throw new IllegalArgumentException(
                    "the CIDR of all pods, " + clusterCidr + ", must be a /23 or wider");
        }
        if (sandboxImages.isEmpty()) {
            throw new IllegalArgumentException("at least one sandbox image must be named");
        }
        sandboxImages = List.copyOf(sandboxImages);
    }

    public static NodeConfig of(String clusterCidr) {
        return new NodeConfig(
                clusterCidr,
                List.of("pause:1", "registry.k8s.io/pause:3.10"),
                Thresholds.DEFAULT,
                LocalLogins.NONE,
                0);
    }

    /// The same with another limit.
    public NodeConfig withPodPids(long most) {
        return new NodeConfig(clusterCidr, sandboxImages, evictionHard, logins, Math.max(0, most));
    }

    /// The same with the logins of a person.
    public NodeConfig with(LocalLogins logins) {
        return new NodeConfig(clusterCidr, sandboxImages, evictionHard, logins, podPids);
    }

    /// The same with other thresholds.
    public NodeConfig with(Thresholds evictionHard) {
        return new NodeConfig(clusterCidr, sandboxImages, evictionHard, logins, podPids);
    }
}

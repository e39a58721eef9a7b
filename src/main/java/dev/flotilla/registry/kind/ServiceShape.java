package dev.flotilla.registry.kind;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What a service of each type has, and holds alone.
public final class ServiceShape {
    private static final Set<String> OPEN = Set.of("NodePort", "LoadBalancer");

    private ServiceShape() {}

    /// Whether it has an address in the cluster, or says `None` in place of one.
    public static boolean needsAddress(JsonNode spec) {
        return !Tree.text(spec, "type").equals("ExternalName");
    }

    /// Whether it leads straight to its pods.
    public static boolean headless(JsonNode spec) {
        var all = Tree.texts(spec, "clusterIPs");
        return Tree.text(spec, "clusterIP").equals("None")
                || (!all.isEmpty() && all.getFirst().equals("None"));
    }

    /// Whether its ports may be open on every node.
    public static boolean needsPorts(JsonNode spec) {
        return OPEN.contains(Tree.text(spec, "type"));
    }

    /// Whether its ports get a number on every node unasked.
    public static boolean allocatesPorts(JsonNode spec) {
        return Tree.text(spec, "type").equals("NodePort")
                || (Tree.text(spec, "type").equals("LoadBalancer")
                        && (!Tree.has(spec, "allocateLoadBalancerNodePorts")
                                || Tree.isTrue(spec, "allocateLoadBalancerNodePorts")));
    }

    /// Whether it tells a load balancer which nodes to use.
    public static boolean needsHealthPort(JsonNode spec) {
        return Tree.text(spec, "type").equals("LoadBalancer")
                && Tree.text(spec, "externalTrafficPolicy").equals("Local");
    }

    /// Whether it can be reached from outside.
    public static boolean external(JsonNode spec) {
        return needsPorts(spec)
                || (Tree.text(spec, "type").equals("ClusterIP")
                        && !Tree.at(spec, "externalIPs").isEmpty());
    }

    /// The numbers that its ports have on every node, with that of its health check.
    public static List<Long> nodePorts(JsonNode spec) {
        var all = new ArrayList<Long>();
        Tree.objects(spec, "ports").forEach(p -> all.add(Tree.number(p, 0, "nodePort")));
        all.add(Tree.number(spec, 0, "healthCheckNodePort"));
        all.removeIf(n -> n == 0);
        return all;
    }

    /// What no other service may hold at the same time.
    public static Set<String> claims(JsonNode spec) {
        var claims = new TreeSet<String>();
        if (needsAddress(spec)) {
            Tree.texts(spec, "clusterIPs").stream()
                    .filter(ip -> Addresses.parse(ip).isPresent())
                    .forEach(ip -> claims.add(addressClaim(ip)));
        }
        nodePorts(spec).forEach(n -> claims.add(portClaim(n)));
        return claims;
    }

    public static String addressClaim(String ip) {
        return "clusterips/" + ip;
    }

    public static String portClaim(long number) {
        return "nodeports/" + number;
    }
}

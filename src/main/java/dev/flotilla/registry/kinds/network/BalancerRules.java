package dev.flotilla.registry.kinds.network;

import dev.flotilla.registry.kind.Addresses;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What a load balancer says of itself in a status.
final class BalancerRules {
    private static final String AT = "status.loadBalancer.ingress";
    private static final List<String> MODES = List.of("Proxy", "VIP");

    private BalancerRules() {}

    /// @param allowed whether the object may have a load balancer
    static void check(ObjectNode object, boolean allowed, Problems problems) {
        var ways = Tree.objects(object, "status", "loadBalancer", "ingress");
        if (!allowed && !ways.isEmpty()) {
            problems.forbidden(AT, "may only be used when `spec.type` is 'LoadBalancer'");
            return;
        }
        for (int i = 0; i < ways.size(); i++) {
            way(ways.get(i), AT + "[" + i + "]", problems);
        }
    }

    private static void way(ObjectNode way, String at, Problems problems) {
        var ip = Tree.text(way, "ip");
        if (!ip.isEmpty()) {
            Addresses.checkIp(ip, at + ".ip", problems);
        }
        if (Tree.has(way, "ipMode")) {
            if (ip.isEmpty()) {
                problems.forbidden(at + ".ipMode", "may not be specified when `ip` is not set");
            } else {
                Checks.oneOfIfSet(way, "ipMode", MODES, at, problems);
            }
        }
        host(Tree.text(way, "hostname"), at + ".hostname", problems);
    }

    /// A name, and not an address.
    static void host(String host, String field, Problems problems) {
        if (host.isEmpty()) {
            return;
        }
        Checks.subdomain(host, field, problems);
        if (Addresses.parse(host).isPresent()) {
            problems.invalid(field, host, "must be a DNS name, not an IP address");
        }
    }
}

package dev.flotilla.traffic.routes;

import dev.flotilla.model.NodeAddresses;
import dev.flotilla.traffic.plan.Picture;
import dev.flotilla.traffic.plan.Words;

import io.fabric8.kubernetes.api.model.Node;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Where a node sends packets, on one segment with the others.
///
/// @param pods its own pods; empty when it has none
/// @param via to the pods of other nodes: their range, and the node's address
/// @param local what the node itself answers, though no card of it has the address: the range of
///   Services, and addresses outside that Services or nodes name
/// @param nodes the addresses of all nodes
public record NodePaths(
        String clusterPods,
        String clusterServices,
        String pods,
        SortedMap<String, String> via,
        SortedSet<String> local,
        SortedSet<String> nodes) {
    /// By this mark in the routing table our routes are known from others.
    private static final String PROTOCOL = "142";

    public NodePaths {
        via = new TreeMap<>(via);
        local = new TreeSet<>(local);
        nodes = new TreeSet<>(nodes);
    }

    /// @param clusterPods the range of all pods
    /// @param clusterServices the range of all Services
    public static NodePaths of(
            Picture picture, String node, String clusterPods, String clusterServices) {
        if (!Words.range(clusterPods) || !Words.range(clusterServices)) {
            throw new IllegalArgumentException(
                    "no ranges: " + clusterPods + ", " + clusterServices);
        }
        var via = new TreeMap<String, String>();
        var local = new TreeSet<>(List.of(clusterServices));
        var nodes = new TreeSet<String>();
        var pods = "";
        for (var one : picture.nodes()) {
            var addresses = NodeAddresses.of(one);
            var address =
                    addresses.internal().stream()
                            .filter(Words::address)
                            .filter(a -> !a.startsWith("127."))
                            .findFirst();
            address.ifPresent(nodes::add);
            var range = range(one);
            if (one.getMetadata().getName().equals(node)) {
                pods = range.orElse("");
                external(addresses.external(), local);
            } else if (range.isPresent() && address.isPresent()) {
                via.put(range.get(), address.get());
            }
        }
        picture.services().forEach(s -> external(s.getSpec().getExternalIPs(), local));
        local.removeAll(nodes.stream().map(a -> a + "/32").toList());
        return new NodePaths(clusterPods, clusterServices, pods, via, local, nodes);
    }

    private static Optional<String> range(Node node) {
        return Optional.ofNullable(node.getSpec() == null ? null : node.getSpec().getPodCIDR())
                .filter(Words::range);
    }

    private static void external(@Nullable List<String> addresses, SortedSet<String> local) {
        if (addresses != null) {
            addresses.stream()
                    .filter(Words::address)
                    .filter(a -> !a.startsWith("127."))
                    .forEach(a -> local.add(a + "/32"));
        }
    }

    /// For `ip -batch -`: all of it, whatever is there already.
    public String routes() {
        var text = new StringBuilder();
        local.forEach(
                range ->
                        text.append(
                                "route replace local %s dev lo proto %s\n"
                                        .formatted(range, PROTOCOL)));
        via.forEach(
                (range, address) ->
                        text.append(
                                "route replace %s via %s proto %s\n"
                                        .formatted(range, address, PROTOCOL)));
        return text.toString();
    }

    /// For `ip -batch -`: what was there and is no more.
    public String removals(NodePaths before) {
        var text = new StringBuilder();
        before.local.stream()
                .filter(range -> !local.contains(range))
                .forEach(
                        range ->
                                text.append(
                                        "route del local %s dev lo proto %s\n"
                                                .formatted(range, PROTOCOL)));
        before.via.keySet().stream()
                .filter(range -> !via.containsKey(range))
                .forEach(
                        range -> text.append("route del %s proto %s\n".formatted(range, PROTOCOL)));
        return text.toString();
    }

    /// For `nft -f -`: the node's pods hide behind it from the world, but not from pods, Services
    /// and nodes.
    public String masquerading() {
        var text = new StringBuilder("add table ip flotilla-out\ndelete table ip flotilla-out\n");
        text.append("table ip flotilla-out {\n  chain postrouting {\n");
        text.append("    type nat hook postrouting priority 100\n");
        if (!pods.isEmpty()) {
            var spared = new TreeSet<>(nodes);
            spared.add(clusterPods);
            spared.add(clusterServices);
            text.append(
                    "    ip saddr %s ip daddr != { %s } masquerade\n"
                            .formatted(pods, String.join(", ", spared)));
        }
        return text.append("  }\n}\n").toString();
    }
}

package dev.flotilla.provision;

import dev.flotilla.remote.link.Argv;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which pods lie behind which node, and the commands that make a node know it. Pure.
final class PodRoutes {
    /// By this mark in the routing table our routes are known from others.
    private static final String PROTOCOL = "142";

    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final Pattern CIDR = Pattern.compile(ADDRESS + "/\\d+");

    private PodRoutes() {}

    /// The way to the pods of every node but `self`: pod CIDR to node address. A node that has no
    /// address of its own, such as this computer, is left out.
    static SortedMap<String, String> wanted(String self, Collection<Node> nodes) {
        var routes = new TreeMap<String, String>();
        for (var node : nodes) {
            var cidr = node.getSpec() == null ? null : node.getSpec().getPodCIDR();
            if (cidr == null
                    || !CIDR.matcher(cidr).matches()
                    || node.getMetadata().getName().equals(self)) {
                continue;
            }
            addresses(node)
                    .filter(a -> ADDRESS.matcher(a).matches() && !a.startsWith("127."))
                    .findFirst()
                    .ifPresent(a -> routes.put(cidr, a));
        }
        return routes;
    }

    private static Stream<String> addresses(Node node) {
        var status = node.getStatus();
        return status == null || status.getAddresses() == null
                ? Stream.empty()
                : status.getAddresses().stream()
                        .filter(a -> "InternalIP".equals(a.getType()))
                        .map(NodeAddress::getAddress);
    }

    static final Argv LIST = Argv.of("ip", "-4", "-o", "route", "show", "proto", PROTOCOL);

    /// @param listed what [#LIST] printed
    static List<Argv> plan(SortedMap<String, String> wanted, String listed) {
        var present = new TreeMap<String, String>();
        for (var line : listed.lines().toList()) {
            var words = line.strip().split("\\s+");
            if (words.length > 2 && words[1].equals("via")) {
                present.put(words[0], words[2]);
            }
        }
        var plan = new ArrayList<Argv>();
        wanted.forEach(
                (cidr, via) -> {
                    if (!via.equals(present.get(cidr))) {
                        plan.add(
                                Argv.of(
                                        "ip", "-4", "route", "replace", cidr, "via", via, "proto",
                                        PROTOCOL));
                    }
                });
        present.keySet().stream()
                .filter(cidr -> !wanted.containsKey(cidr))
                .forEach(
                        cidr ->
                                plan.add(
                                        Argv.of(
                                                "ip", "-4", "route", "del", cidr, "proto",
                                                PROTOCOL)));
        return plan;
    }

    /// What lets pods of several nodes talk under their own addresses: Docker must neither drop nor
    /// masquerade it. Each is put first in its chain; Docker leaves `DOCKER-USER` alone, but puts
    /// its own rules before ours when it starts, so ours are looked at again and again.
    static List<Rule> rules(String clusterCidr) {
        return List.of(
                new Rule("filter", "DOCKER-USER", List.of("-s", clusterCidr, "-j", "ACCEPT")),
                new Rule("filter", "DOCKER-USER", List.of("-d", clusterCidr, "-j", "ACCEPT")),
                new Rule(
                        "nat",
                        "POSTROUTING",
                        List.of("-s", clusterCidr, "-d", clusterCidr, "-j", "ACCEPT")));
    }

    /// A rule of iptables.
    record Rule(String table, String chain, List<String> body) {
        Argv check() {
            return argv("-C");
        }

        Argv insert() {
            return argv("-I");
        }

        Argv delete() {
            return argv("-D");
        }

        private Argv argv(String verb) {
            var words = new ArrayList<>(List.of("iptables", "-w", "-t", table, verb, chain));
            words.addAll(body);
            return new Argv(words);
        }
    }
}

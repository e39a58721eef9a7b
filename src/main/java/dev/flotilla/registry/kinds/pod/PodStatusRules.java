package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Addresses;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.Set;

/// What a new status of a pod must not say. A node that is known by a name is its pods' `hostIP`
/// too, so that those are not held to be addresses.
final class PodStatusRules {
    private static final Set<String> SYSTEM = Set.of("PodScheduled", "Ready", "Initialized");

    private PodStatusRules() {}

    static void check(ObjectNode before, ObjectNode after, Problems problems) {
        int i = 0;
        for (var condition : Tree.objects(after, "status", "conditions")) {
            var type = Tree.text(condition, "type");
            if (!SYSTEM.contains(type)) {
                Checks.qualified(type, "metadata.conditions[" + i + "].Type", problems);
            }
            i++;
        }
        var nominated = Tree.text(after, "status", "nominatedNodeName");
        if (!nominated.isEmpty()
                && !nominated.equals(Tree.text(before, "status", "nominatedNodeName"))) {
            Checks.subdomain(nominated, "status.nominatedNodeName", problems);
        }
        var status = Tree.child(after, "status");
        if (Tree.text(status, "qosClass").isEmpty()) {
            Tree.carry(Tree.child(before, "status"), status, "qosClass");
        }
        Counts.immutable(Tree.at(before, "status"), status, "status.", problems, "qosClass");
        ContainerTransitions.check(before, after, problems);
        addresses(after, problems);
        var hosts = Tree.objects(after, "status", "hostIPs");
        if (!hosts.isEmpty()
                && !Tree.text(hosts.getFirst(), "ip").equals(Tree.text(status, "hostIP"))) {
            problems.invalid(
                    "status.hostIPs[0].ip",
                    Tree.text(hosts.getFirst(), "ip"),
                    "must be equal to `hostIP`");
        }
    }

    /// At most one of each family.
    private static void addresses(ObjectNode pod, Problems problems) {
        var at = "status.podIPs";
        var seen = new HashSet<String>();
        var all = Tree.objects(pod, "status", "podIPs");
        for (int i = 0; i < all.size(); i++) {
            var ip = Tree.text(all.get(i), "ip");
            Addresses.checkIp(ip, at + "[" + i + "]", problems);
            if (!seen.add(ip)) {
                problems.duplicateValue(at + "[" + i + "]", "{\"IP\":\"" + ip + "\"}");
            }
        }
        boolean both =
                all.size() == 2
                        && all.stream().filter(a -> Addresses.isV4(Tree.text(a, "ip"))).count()
                                == 1;
        if (all.size() > 1 && !both) {
            problems.invalid(
                    at,
                    Tree.at(pod, "status", "podIPs"),
                    "may specify no more than one IP for each IP family");
        }
    }
}

package dev.flotilla.registry.kinds.apps;

import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

/// How the counts within a status of replicas have to agree.
final class ReplicaCounts {
    private ReplicaCounts() {}

    /// @param parts counts of some of `replicas`
    static void check(ObjectNode before, ObjectNode after, Problems problems, String... parts) {
        var status = Tree.at(after, "status");
        Counts.notNegative(status, "status", problems, "observedGeneration", "replicas");
        Counts.notNegative(status, "status", problems, parts);
        Counts.notNegative(status, "status", problems, "collisionCount");
        long all = Tree.number(status, 0, "replicas");
        for (var part : parts) {
            long some = Tree.number(status, 0, part);
            if (some > all && !part.equals("unavailableReplicas")) {
                problems.invalid("status." + part, some, "cannot be greater than status.replicas");
            }
        }
        Counts.notDecremented(
                Tree.at(before, "status"), status, "status", problems, "collisionCount");
    }

    /// @param ready what the ready ones are called in the message
    static void availableAreReady(ObjectNode after, String ready, Problems problems) {
        long available = Tree.number(after, 0, "status", "availableReplicas");
        if (available > Tree.number(after, 0, "status", "readyReplicas")) {
            problems.invalid(
                    "status.availableReplicas", available, "cannot be greater than " + ready);
        }
    }
}

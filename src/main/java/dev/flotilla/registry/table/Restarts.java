package dev.flotilla.registry.table;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;

/// Such as `3 (5s ago)`.
final class Restarts {
    private Restarts() {}

    static String of(ObjectNode pod, Instant now) {
        long count = 0;
        var last = "";
        for (var status : Tree.objects(pod, "status", "containerStatuses")) {
            count += Tree.number(status, 0, "restartCount");
            var ended = Tree.text(status, "lastState", "terminated", "finishedAt");
            last = ended.compareTo(last) > 0 ? ended : last;
        }
        return count == 0 || last.isEmpty()
                ? Long.toString(count)
                : count + " (" + Ages.since(last, now) + " ago)";
    }
}

package dev.flotilla.registry.table;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/// The one word that people know a pod's state by: the phase, unless a container tells more.
final class PodStatus {
    private PodStatus() {}

    static String of(ObjectNode pod) {
        var deleted = Tree.has(pod, "metadata", "deletionTimestamp");
        var reason = Tree.text(pod, "status", "reason");
        if (deleted) {
            return reason.equals("NodeLost") ? "Unknown" : "Terminating";
        }
        var initial = initial(pod);
        if (initial.isPresent()) {
            return initial.get();
        }
        var word = reason.isEmpty() ? Tree.text(pod, "status", "phase") : reason;
        if (gated(pod)) {
            word = "SchedulingGated";
        }
        boolean running = false;
        for (var c : Tree.objects(pod, "status", "containerStatuses").reversed()) {
            var own = containerWord(Tree.at(c, "state"));
            if (own.isPresent()) {
                word = own.get();
            } else if (Tree.isTrue(c, "ready") && Tree.has(c, "state", "running")) {
                running = true;
            }
        }
        if (word.equals("Completed") && running) {
            return conditionTrue(pod, "Ready") ? "Running" : "NotReady";
        }
        return word;
    }

    /// While the containers that come first have not all done their work.
    private static Optional<String> initial(ObjectNode pod) {
        var all = Tree.objects(pod, "spec", "initContainers");
        var statuses = Tree.objects(pod, "status", "initContainerStatuses");
        for (int i = 0; i < statuses.size(); i++) {
            var status = statuses.get(i);
            var state = Tree.at(status, "state");
            boolean sidecar = sidecar(all, Tree.text(status, "name"));
            boolean done =
                    Tree.has(state, "terminated")
                            && Tree.number(state, 0, "terminated", "exitCode") == 0;
            if (done || (sidecar && Tree.isTrue(status, "started"))) {
                continue;
            }
            if (Tree.has(state, "terminated")) {
                return Optional.of("Init:" + terminated(Tree.at(state, "terminated"), ""));
            }
            var waiting = Tree.text(state, "waiting", "reason");
            if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
                return Optional.of("Init:" + waiting);
            }
            return Optional.of("Init:" + i + "/" + all.size());
        }
        return Optional.empty();
    }

    private static boolean sidecar(List<ObjectNode> all, String name) {
        return all.stream()
                .anyMatch(
                        c ->
                                Tree.text(c, "name").equals(name)
                                        && Tree.text(c, "restartPolicy").equals("Always"));
    }

    private static Optional<String> containerWord(JsonNode state) {
        var waiting = Tree.text(state, "waiting", "reason");
        if (!waiting.isEmpty()) {
            return Optional.of(waiting);
        }
        return Tree.has(state, "terminated")
                ? Optional.of(terminated(Tree.at(state, "terminated"), ""))
                : Optional.empty();
    }

    private static String terminated(JsonNode terminated, String prefix) {
        var reason = Tree.text(terminated, "reason");
        if (!reason.isEmpty()) {
            return prefix + reason;
        }
        long signal = Tree.number(terminated, 0, "signal");
        return signal != 0
                ? prefix + "Signal:" + signal
                : prefix + "ExitCode:" + Tree.number(terminated, 0, "exitCode");
    }

    private static boolean gated(ObjectNode pod) {
        return Tree.objects(pod, "status", "conditions").stream()
                .anyMatch(
                        c ->
                                Tree.text(c, "type").equals("PodScheduled")
                                        && Tree.text(c, "reason").equals("SchedulingGated"));
    }

    private static boolean conditionTrue(ObjectNode pod, String type) {
        return Tree.objects(pod, "status", "conditions").stream()
                .anyMatch(
                        c ->
                                Tree.text(c, "type").equals(type)
                                        && Tree.text(c, "status").equals("True"));
    }
}

package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.List;

/// The names that a pod's spec gives: its own, and those of others.
final class PodNames {
    private PodNames() {}

    static void of(JsonNode spec, String at, Problems problems) {
        for (var name : List.of("serviceAccountName", "nodeName")) {
            var value = Tree.text(spec, name);
            if (!value.isEmpty()) {
                Checks.subdomain(value, at + "." + name, problems);
            }
        }
        if (Tree.has(spec, "activeDeadlineSeconds")) {
            var deadline = Tree.at(spec, "activeDeadlineSeconds");
            if (deadline.asLong(0) < 1 || deadline.asLong(0) > Integer.MAX_VALUE) {
                problems.invalid(
                        at + ".activeDeadlineSeconds",
                        deadline,
                        "must be between 1 and 2147483647, inclusive");
            }
        }
        for (var name : List.of("hostname", "subdomain")) {
            var value = Tree.text(spec, name);
            if (!value.isEmpty()) {
                Checks.label(value, at + "." + name, problems);
            }
        }
    }

    static void classes(JsonNode spec, String at, Problems problems) {
        var priority = Tree.text(spec, "priorityClassName");
        if (!priority.isEmpty()) {
            Checks.subdomain(priority, at + ".priorityClassName", problems);
        }
        if (Tree.has(spec, "runtimeClassName")) {
            Checks.subdomain(
                    Tree.text(spec, "runtimeClassName"), at + ".runtimeClassName", problems);
        }
    }

    /// What keeps a pod from being ready, or from being placed.
    static void gates(JsonNode spec, String at, Problems problems) {
        int i = 0;
        for (var gate : Tree.objects(spec, "readinessGates")) {
            Checks.qualified(
                    Tree.text(gate, "conditionType"),
                    at + ".readinessGates[" + i++ + "].conditionType",
                    problems);
        }
        var names = new HashSet<String>();
        i = 0;
        for (var gate : Tree.objects(spec, "schedulingGates")) {
            var field = at + ".schedulingGates[" + i++ + "]";
            var name = Tree.text(gate, "name");
            Checks.qualified(name, field, problems);
            if (!names.add(name)) {
                problems.duplicate(field, name);
            }
        }
    }
}

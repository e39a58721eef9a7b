package dev.flotilla.registry.kinds.rbac;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a rule of a role must say: verbs, and either things of the API or paths beside it.
final class PolicyRules {
    private PolicyRules() {}

    static void check(ObjectNode role, boolean namespaced, Problems problems) {
        int i = 0;
        for (var rule : Tree.objects(role, "rules")) {
            check(rule, namespaced, "rules[" + i++ + "]", problems);
        }
    }

    private static void check(JsonNode rule, boolean namespaced, String at, Problems problems) {
        if (none(rule, "verbs")) {
            problems.required(at + ".verbs", "verbs must contain at least one value");
        }
        if (!none(rule, "nonResourceURLs")) {
            paths(rule, namespaced, at + ".nonResourceURLs", problems);
            return;
        }
        if (none(rule, "apiGroups")) {
            problems.required(
                    at + ".apiGroups", "resource rules must supply at least one api group");
        }
        if (none(rule, "resources")) {
            problems.required(
                    at + ".resources", "resource rules must supply at least one resource");
        }
    }

    private static void paths(JsonNode rule, boolean namespaced, String at, Problems problems) {
        var paths = Tree.at(rule, "nonResourceURLs");
        if (namespaced) {
            problems.invalid(at, paths, "namespaced rules cannot apply to non-resource URLs");
        }
        if (!none(rule, "apiGroups") || !none(rule, "resources") || !none(rule, "resourceNames")) {
            problems.invalid(
                    at,
                    paths,
                    "rules cannot apply to both regular resources and non-resource URLs");
        }
    }

    private static boolean none(JsonNode rule, String list) {
        return Tree.at(rule, list).isEmpty();
    }
}

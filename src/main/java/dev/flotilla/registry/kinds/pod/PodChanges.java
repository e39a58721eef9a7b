package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What may change in the spec of a pod that is there: images, its deadline, more tolerations.
final class PodChanges {
    private static final String REFUSAL =
            "pod updates may not change fields other than"
                    + " `spec.containers[*].image`,`spec.initContainers[*].image`,"
                    + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing"
                    + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1"
                    + " if it was previously negative)";

    private PodChanges() {}

    static void check(ObjectNode before, ObjectNode after, Problems problems) {
        var was = Tree.copy(before, "spec");
        var is = Tree.copy(after, "spec");
        sameCount(was, is, problems);
        keptTolerations(was, is, problems);
        deadline(was, is, problems);
        PodGates.opened(was, is, problems);
        for (var name : List.of("activeDeadlineSeconds", "tolerations")) {
            was.remove(name);
            is.remove(name);
        }
        for (var list : List.of("containers", "initContainers")) {
            Tree.objects(was, list).forEach(c -> c.remove("image"));
            Tree.objects(is, list).forEach(c -> c.remove("image"));
        }
        if (!Tree.same(was, is)) {
            problems.forbidden("spec", REFUSAL);
        }
    }

    /// A deadline may be set, and come nearer.
    private static void deadline(JsonNode was, JsonNode is, Problems problems) {
        var field = "spec.activeDeadlineSeconds";
        if (!Tree.has(was, "activeDeadlineSeconds")) {
            return;
        }
        if (!Tree.has(is, "activeDeadlineSeconds")) {
            problems.invalid(
                    field,
                    Tree.at(is, "activeDeadlineSeconds"),
                    "must not update from a positive integer to nil value");
        } else if (Tree.number(is, 0, "activeDeadlineSeconds")
                > Tree.number(was, 0, "activeDeadlineSeconds")) {
            problems.invalid(
                    field,
                    Tree.number(is, 0, "activeDeadlineSeconds"),
                    "must be less than or equal to previous value");
        }
    }

    private static void sameCount(JsonNode was, JsonNode is, Problems problems) {
        for (var list : List.of("containers", "initContainers")) {
            if (Tree.at(was, list).size() != Tree.at(is, list).size()) {
                problems.forbidden("spec." + list, "pod updates may not add or remove containers");
            }
        }
    }

    private static void keptTolerations(JsonNode was, JsonNode is, Problems problems) {
        var now = Tree.objects(is, "tolerations");
        for (var toleration : Tree.objects(was, "tolerations")) {
            if (now.stream().noneMatch(t -> same(t, toleration))) {
                problems.forbidden(
                        "spec.tolerations",
                        "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
    }

    private static boolean same(ObjectNode a, ObjectNode b) {
        var left = a.deepCopy();
        var right = b.deepCopy();
        left.remove("tolerationSeconds");
        right.remove("tolerationSeconds");
        return Tree.same(left, right);
    }
}

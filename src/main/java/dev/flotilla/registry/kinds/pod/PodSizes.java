package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// How a pod that is there may be given more or less.
final class PodSizes {
    private static final List<String> CHANGEABLE = List.of("cpu", "memory");

    private PodSizes() {}

    static void check(ObjectNode before, ObjectNode after, Problems problems) {
        if (!PodQos.of(Tree.at(before, "spec")).equals(PodQos.of(Tree.at(after, "spec")))) {
            problems.invalid(
                    "spec",
                    Tree.text(after, "status", "qosClass"),
                    "Pod QOS Class may not change as a result of resizing");
        }
        for (var list : List.of("initContainers", "containers")) {
            var old = Tree.objects(before, "spec", list);
            var now = Tree.objects(after, "spec", list);
            for (int i = 0; i < old.size(); i++) {
                container(list, old.get(i), now.get(i), "spec.%s[%d]".formatted(list, i), problems);
            }
        }
    }

    private static void container(
            String list, ObjectNode was, ObjectNode is, String at, Problems problems) {
        if (list.equals("initContainers") && !Tree.text(was, "restartPolicy").equals("Always")) {
            if (!Tree.same(was, is)) {
                problems.forbidden(
                        "spec", "resources for non-sidecar init containers are immutable");
            }
            return;
        }
        for (var part : List.of("requests", "limits")) {
            if (removed(Tree.at(was, "resources", part), Tree.at(is, "resources", part))) {
                problems.forbidden(
                        at + ".resources." + part, "resource " + part + " cannot be removed");
            }
        }
        if (!Tree.same(without(was), without(is))) {
            problems.forbidden("spec", "only cpu and memory resources are mutable");
        }
    }

    private static boolean removed(JsonNode was, JsonNode is) {
        for (var amount : Tree.fields(was)) {
            if (!Tree.has(is, amount.getKey())) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode without(ObjectNode container) {
        var copy = Tree.copy(container, "resources");
        for (var part : List.of("requests", "limits")) {
            Tree.child(copy, part).remove(CHANGEABLE);
        }
        return copy;
    }
}

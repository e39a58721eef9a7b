package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What held a pod back from being scheduled may go; as long as something does, the pod may be told
/// more of where to go.
final class PodGates {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

    private PodGates() {}

    /// Says of a new pod that something holds it back.
    static void closed(ObjectNode pod) {
        if (names(Tree.child(pod, "spec")).isEmpty()) {
            return;
        }
        Tree.child(pod, "status")
                .putArray("conditions")
                .addObject()
                .put("type", "PodScheduled")
                .put("status", "False")
                .put("reason", "SchedulingGated")
                .put("message", "Scheduling is blocked due to non-empty scheduling gates")
                .put("lastTransitionTime", Tree.text(pod, "metadata", "creationTimestamp"));
    }

    /// Takes what may change out of both specs.
    static void opened(ObjectNode was, ObjectNode is, Problems problems) {
        var old = names(was);
        var now = names(is);
        for (int i = 0; i < now.size(); i++) {
            if (!old.contains(now.get(i))) {
                problems.forbidden(
                        "spec.schedulingGates[" + i + "].name",
                        "only deletion is allowed, but found new scheduling gate '%s'"
                                .formatted(now.get(i)));
            }
        }
        was.remove("schedulingGates");
        is.remove("schedulingGates");
        if (!old.isEmpty()) {
            labels(was, is, problems);
            nodes(was, is, problems);
        }
    }

    private static List<String> names(ObjectNode spec) {
        return Tree.objects(spec, "schedulingGates").stream()
                .map(g -> Tree.text(g, "name"))
                .toList();
    }

    private static void labels(ObjectNode was, ObjectNode is, Problems problems) {
        var now = Tree.at(is, "nodeSelector");
        for (var label : Tree.fields(was, "nodeSelector")) {
            if (!label.getValue().equals(Tree.at(now, label.getKey()))) {
                problems.invalid(
                        "spec.nodeSelector",
                        now,
                        "only additions to spec.nodeSelector are allowed (no mutations or"
                                + " deletions)");
                break;
            }
        }
        was.remove("nodeSelector");
        is.remove("nodeSelector");
    }

    private static void nodes(ObjectNode was, ObjectNode is, Problems problems) {
        var at = "spec.affinity.nodeAffinity." + REQUIRED + ".nodeSelectorTerms";
        var old = terms(was);
        var now = terms(is);
        if (!old.isEmpty() && old.size() != now.size()) {
            problems.invalid(
                    at,
                    Tree.at(is, "affinity", "nodeAffinity", REQUIRED, "nodeSelectorTerms"),
                    "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
        } else {
            for (int i = 0; i < old.size(); i++) {
                if (!onlyMore(old.get(i), now.get(i))) {
                    problems.invalid(
                            at + "[" + i + "]",
                            now.get(i),
                            "only additions are allowed (no mutations or deletions)");
                }
            }
        }
        without(was);
        without(is);
    }

    private static List<ObjectNode> terms(ObjectNode spec) {
        return Tree.objects(spec, "affinity", "nodeAffinity", REQUIRED, "nodeSelectorTerms");
    }

    private static boolean onlyMore(JsonNode old, JsonNode now) {
        var lists = List.of("matchExpressions", "matchFields");
        if (lists.stream().allMatch(l -> Tree.objects(old, l).isEmpty())) {
            return lists.stream().allMatch(l -> Tree.objects(now, l).isEmpty());
        }
        return lists.stream()
                .allMatch(
                        l -> {
                            var before = Tree.objects(old, l);
                            var after = Tree.objects(now, l);
                            return after.size() >= before.size()
                                    && after.subList(0, before.size()).equals(before);
                        });
    }

    private static void without(ObjectNode spec) {
        if (spec.get("affinity") instanceof ObjectNode affinity) {
            affinity.remove("nodeAffinity");
            if (affinity.isEmpty()) {
                spec.remove("affinity");
            }
        }
    }
}

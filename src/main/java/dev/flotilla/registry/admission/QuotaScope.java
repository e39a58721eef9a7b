package dev.flotilla.registry.admission;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether a quota is for an object. One with scopes is for pods alone, and for some of them.
final class QuotaScope {
    private QuotaScope() {}

    static boolean covers(ObjectNode quota, boolean pod, ObjectNode object) {
        var scopes = Tree.texts(quota, "spec", "scopes");
        var expressions = Tree.objects(quota, "spec", "scopeSelector", "matchExpressions");
        if (scopes.isEmpty() && expressions.isEmpty()) {
            return true;
        }
        return pod
                && scopes.stream().allMatch(s -> is(s, object))
                && expressions.stream().allMatch(e -> matches(e, object));
    }

    private static boolean matches(ObjectNode e, ObjectNode pod) {
        var scope = Tree.text(e, "scopeName");
        if (!scope.equals("PriorityClass")) {
            return is(scope, pod);
        }
        var name = Tree.text(pod, "spec", "priorityClassName");
        var values = Tree.texts(e, "values");
        return switch (Tree.text(e, "operator")) {
            case "In" -> values.contains(name);
            case "NotIn" -> !values.contains(name);
            case "DoesNotExist" -> name.isEmpty();
            default -> !name.isEmpty();
        };
    }

    private static boolean is(String scope, ObjectNode pod) {
        boolean bestEffort = Tree.text(pod, "status", "qosClass").equals("BestEffort");
        boolean ends = Tree.has(pod, "spec", "activeDeadlineSeconds");
        return switch (scope) {
            case "BestEffort" -> bestEffort;
            case "NotBestEffort" -> !bestEffort;
            case "Terminating" -> ends;
            case "NotTerminating" -> !ends;
            case "PriorityClass" -> !Tree.text(pod, "spec", "priorityClassName").isEmpty();
            case "CrossNamespacePodAffinity" -> crosses(Tree.at(pod, "spec", "affinity"));
            default -> false;
        };
    }

    private static boolean crosses(JsonNode affinity) {
        for (var kind : new String[] {"podAffinity", "podAntiAffinity"}) {
            for (var t :
                    Tree.objects(
                            affinity, kind, "requiredDuringSchedulingIgnoredDuringExecution")) {
                if (crossing(t)) {
                    return true;
                }
            }
            for (var t :
                    Tree.objects(
                            affinity, kind, "preferredDuringSchedulingIgnoredDuringExecution")) {
                if (crossing(Tree.at(t, "podAffinityTerm"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean crossing(JsonNode term) {
        return !Tree.texts(term, "namespaces").isEmpty() || Tree.has(term, "namespaceSelector");
    }
}

package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.SelectorRules;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;

/// Which pods a pod wants to be near to, or away from.
final class AffinityRules {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private AffinityRules() {}

    static void check(JsonNode affinity, String at, Problems problems) {
        nodes(Tree.at(affinity, "nodeAffinity"), at + ".nodeAffinity", problems);
        for (var kind : List.of("podAffinity", "podAntiAffinity")) {
            pods(Tree.at(affinity, kind), at + "." + kind, problems);
        }
    }

    private static void nodes(JsonNode affinity, String at, Problems problems) {
        var required = Tree.at(affinity, REQUIRED);
        if (!required.isMissingNode()) {
            NodeTerms.check(required, at + "." + REQUIRED, problems);
        }
        int i = 0;
        for (var preferred : Tree.objects(affinity, PREFERRED)) {
            var field = at + "." + PREFERRED + "[" + i++ + "]";
            weight(preferred, field, problems);
            NodeTerms.term(
                    Tree.at(preferred, "preference"), false, field + ".preference", problems);
        }
    }

    private static void pods(JsonNode affinity, String at, Problems problems) {
        int i = 0;
        for (var term : Tree.objects(affinity, REQUIRED)) {
            term(term, at + "." + REQUIRED + "[" + i++ + "]", problems);
        }
        i = 0;
        for (var preferred : Tree.objects(affinity, PREFERRED)) {
            var field = at + "." + PREFERRED + "[" + i++ + "]";
            weight(preferred, field, problems);
            term(Tree.at(preferred, "podAffinityTerm"), field + ".podAffinityTerm", problems);
        }
    }

    private static void term(JsonNode term, String at, Problems problems) {
        for (var name : List.of("labelSelector", "namespaceSelector")) {
            SelectorRules.check(Tree.at(term, name), at + "." + name, problems);
        }
        for (var namespace : Tree.texts(term, "namespaces")) {
            Checks.label(namespace, at + ".namespace", problems);
        }
        var selector = Tree.at(term, "labelSelector");
        for (var list : List.of("matchLabelKeys", "mismatchLabelKeys")) {
            keys(Tree.texts(term, list), selector, at + "." + list, problems);
        }
        both(term, selector, at, problems);
        var key = Tree.text(term, "topologyKey");
        if (key.isEmpty()) {
            problems.required(at + ".topologyKey", "can not be empty");
        }
        Checks.qualified(key, at + ".topologyKey", problems);
    }

    private static void keys(List<String> keys, JsonNode selector, String at, Problems problems) {
        if (!keys.isEmpty() && selector.isMissingNode()) {
            problems.forbidden(at, "must not be specified when labelSelector is not set");
            return;
        }
        for (int i = 0; i < keys.size(); i++) {
            Checks.qualified(keys.get(i), at + "[" + i + "]", problems);
        }
    }

    /// A key stands in one place.
    private static void both(JsonNode term, JsonNode selector, String at, Problems problems) {
        var matched = Tree.texts(term, "matchLabelKeys");
        var seen = new HashSet<String>();
        Tree.fields(selector, "matchLabels").forEach(l -> seen.add(l.getKey()));
        for (var e : Tree.objects(selector, "matchExpressions")) {
            var key = Tree.text(e, "key");
            if (!seen.add(key) && matched.contains(key)) {
                problems.invalid(
                        at + "[" + matched.lastIndexOf(key) + "]",
                        key,
                        "exists in both matchLabelKeys and labelSelector");
            }
        }
        var mismatched = Tree.texts(term, "mismatchLabelKeys");
        for (int i = 0; i < matched.size(); i++) {
            if (mismatched.contains(matched.get(i))) {
                problems.invalid(
                        at + ".matchLabelKeys[" + i + "]",
                        matched.get(i),
                        "exists in both matchLabelKeys and mismatchLabelKeys");
            }
        }
    }

    private static void weight(ObjectNode preferred, String at, Problems problems) {
        long weight = Tree.number(preferred, 0, "weight");
        if (weight <= 0 || weight > 100) {
            problems.invalid(at + ".weight", weight, "must be in the range 1-100");
        }
    }
}

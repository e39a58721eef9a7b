package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.SelectorRules;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;

/// Where a pod wants to be: near what, away from what, spread over what.
final class PlacementRules {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final List<String> OTHERWISE = List.of("DoNotSchedule", "ScheduleAnyway");

    private PlacementRules() {}

    static void check(JsonNode spec, String at, Problems problems) {
        var affinity = Tree.at(spec, "affinity");
        if (!affinity.isMissingNode()) {
            nodes(Tree.at(affinity, "nodeAffinity"), at + ".affinity.nodeAffinity", problems);
            for (var kind : List.of("podAffinity", "podAntiAffinity")) {
                pods(Tree.at(affinity, kind), at + ".affinity." + kind, problems);
            }
        }
        spread(spec, at + ".topologySpreadConstraints", problems);
    }

    private static void nodes(JsonNode affinity, String at, Problems problems) {
        var required = Tree.at(affinity, REQUIRED);
        if (!required.isMissingNode()) {
            var field = at + "." + REQUIRED + ".nodeSelectorTerms";
            var terms = Tree.objects(required, "nodeSelectorTerms");
            if (terms.isEmpty()) {
                problems.required(field, "must have at least one node selector term");
            }
            for (int i = 0; i < terms.size(); i++) {
                term(terms.get(i), field + "[" + i + "]", problems);
            }
        }
        int i = 0;
        for (var preferred : Tree.objects(affinity, PREFERRED)) {
            var field = at + "." + PREFERRED + "[" + i++ + "]";
            weight(preferred, field, problems);
            term(Tree.at(preferred, "preference"), field + ".preference", problems);
        }
    }

    private static void term(JsonNode term, String at, Problems problems) {
        int i = 0;
        for (var e : Tree.objects(term, "matchExpressions")) {
            expression(e, at + ".matchExpressions[" + i++ + "]", problems);
        }
    }

    private static void expression(ObjectNode e, String at, Problems problems) {
        int values = Tree.texts(e, "values").size();
        switch (Tree.text(e, "operator")) {
            case "In", "NotIn" -> {
                if (values == 0) {
                    problems.required(
                            at + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (values > 0) {
                    problems.forbidden(
                            at + ".values",
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            case "Gt", "Lt" -> {
                if (values != 1) {
                    problems.required(
                            at + ".values",
                            "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }
            }
            case String other ->
                    problems.invalid(at + ".operator", other, "not a valid selector operator");
        }
        var key = Tree.text(e, "key");
        Names.qualified(key).ifPresent(why -> problems.invalid(at + ".key", key, why));
    }

    private static void pods(JsonNode affinity, String at, Problems problems) {
        int i = 0;
        for (var term : Tree.objects(affinity, REQUIRED)) {
            podTerm(term, at + "." + REQUIRED + "[" + i++ + "]", problems);
        }
        i = 0;
        for (var preferred : Tree.objects(affinity, PREFERRED)) {
            var field = at + "." + PREFERRED + "[" + i++ + "]";
            weight(preferred, field, problems);
            podTerm(Tree.at(preferred, "podAffinityTerm"), field + ".podAffinityTerm", problems);
        }
    }

    private static void podTerm(JsonNode term, String at, Problems problems) {
        SelectorRules.check(Tree.at(term, "labelSelector"), at + ".labelSelector", problems);
        SelectorRules.check(
                Tree.at(term, "namespaceSelector"), at + ".namespaceSelector", problems);
        var key = Tree.text(term, "topologyKey");
        if (key.isEmpty()) {
            problems.required(at + ".topologyKey", "can not be empty");
        }
        Names.qualified(key).ifPresent(why -> problems.invalid(at + ".topologyKey", key, why));
    }

    private static void weight(ObjectNode preferred, String at, Problems problems) {
        long weight = Tree.number(preferred, 0, "weight");
        if (weight <= 0 || weight > 100) {
            problems.invalid(at + ".weight", weight, "must be in the range 1-100");
        }
    }

    private static void spread(JsonNode spec, String at, Problems problems) {
        var seen = new HashSet<String>();
        int i = 0;
        for (var c : Tree.objects(spec, "topologySpreadConstraints")) {
            var field = at + "[" + i++ + "]";
            if (Tree.number(c, 0, "maxSkew") <= 0) {
                problems.invalid(
                        field + ".maxSkew",
                        Tree.number(c, 0, "maxSkew"),
                        "must be greater than zero");
            }
            var key = Tree.text(c, "topologyKey");
            if (key.isEmpty()) {
                problems.required(field + ".topologyKey", "can not be empty");
            } else {
                Names.qualified(key)
                        .ifPresent(why -> problems.invalid(field + ".topologyKey", key, why));
            }
            var otherwise = Tree.text(c, "whenUnsatisfiable");
            if (!OTHERWISE.contains(otherwise)) {
                problems.unsupported(field + ".whenUnsatisfiable", otherwise, OTHERWISE);
            }
            if (!seen.add(key + "/" + otherwise)) {
                problems.duplicate(
                        field + ".{topologyKey, whenUnsatisfiable}",
                        "{" + key + ", " + otherwise + "}");
            }
            SelectorRules.check(Tree.at(c, "labelSelector"), field + ".labelSelector", problems);
        }
    }
}

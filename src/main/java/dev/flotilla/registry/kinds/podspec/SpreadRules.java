package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.SelectorRules;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;

/// Over what pods are to be spread.
final class SpreadRules {
    private static final List<String> OTHERWISE = List.of("DoNotSchedule", "ScheduleAnyway");
    private static final List<String> POLICIES = List.of("Honor", "Ignore");
    private static final String POSITIVE = "must be greater than zero";

    private SpreadRules() {}

    static void check(JsonNode spec, String at, Problems problems) {
        var all = Tree.objects(spec, "topologySpreadConstraints");
        for (int i = 0; i < all.size(); i++) {
            var field = at + "[" + i + "]";
            var c = all.get(i);
            one(c, field, problems);
            if (all.subList(i + 1, all.size()).stream().anyMatch(o -> same(o, c))) {
                problems.duplicate(
                        field + ".{topologyKey, whenUnsatisfiable}",
                        "{%s, %s}"
                                .formatted(
                                        Tree.text(c, "topologyKey"),
                                        Tree.text(c, "whenUnsatisfiable")));
            }
            domains(c, field + ".minDomains", problems);
            for (var policy : List.of("nodeAffinityPolicy", "nodeTaintsPolicy")) {
                Checks.oneOfIfSet(c, policy, POLICIES, field, problems);
            }
            keys(c, field + ".matchLabelKeys", problems);
            SelectorRules.check(Tree.at(c, "labelSelector"), field + ".labelSelector", problems);
        }
    }

    private static boolean same(ObjectNode a, ObjectNode b) {
        return Tree.text(a, "topologyKey").equals(Tree.text(b, "topologyKey"))
                && Tree.text(a, "whenUnsatisfiable").equals(Tree.text(b, "whenUnsatisfiable"));
    }

    private static void one(ObjectNode c, String at, Problems problems) {
        long skew = Tree.number(c, 0, "maxSkew");
        if (skew <= 0) {
            problems.invalid(at + ".maxSkew", skew, POSITIVE);
        }
        if (Tree.text(c, "topologyKey").isEmpty()) {
            problems.required(at + ".topologyKey", "can not be empty");
        }
        var otherwise = Tree.text(c, "whenUnsatisfiable");
        if (!OTHERWISE.contains(otherwise)) {
            problems.unsupported(at + ".whenUnsatisfiable", otherwise, OTHERWISE);
        }
    }

    private static void domains(ObjectNode c, String at, Problems problems) {
        if (!Tree.has(c, "minDomains")) {
            return;
        }
        long least = Tree.number(c, 0, "minDomains");
        if (least <= 0) {
            problems.invalid(at, least, POSITIVE);
        }
        var otherwise = Tree.text(c, "whenUnsatisfiable");
        if (!otherwise.equals("DoNotSchedule")) {
            problems.invalid(
                    at,
                    least,
                    "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + otherwise);
        }
    }

    private static void keys(ObjectNode c, String at, Problems problems) {
        var keys = Tree.texts(c, "matchLabelKeys");
        if (keys.isEmpty()) {
            return;
        }
        var selector = Tree.at(c, "labelSelector");
        if (selector.isMissingNode()) {
            problems.forbidden(at, "must not be specified when labelSelector is not set");
        }
        var selected = new HashSet<String>();
        Tree.fields(selector, "matchLabels").forEach(l -> selected.add(l.getKey()));
        Tree.objects(selector, "matchExpressions").forEach(e -> selected.add(Tree.text(e, "key")));
        for (int i = 0; i < keys.size(); i++) {
            var key = keys.get(i);
            Checks.qualified(key, at + "[" + i + "]", problems);
            if (selected.contains(key)) {
                problems.invalid(
                        at + "[" + i + "]", key, "exists in both matchLabelKeys and labelSelector");
            }
        }
    }
}

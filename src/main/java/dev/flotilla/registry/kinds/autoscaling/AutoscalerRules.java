package dev.flotilla.registry.kinds.autoscaling;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What an autoscaler's spec must not say.
final class AutoscalerRules {
    private static final int LONGEST_PERIOD = 1800;
    private static final int LONGEST_WINDOW = 3600;
    private static final List<String> SELECTION = List.of("Disabled", "Max", "Min");
    private static final List<String> POLICIES = List.of("Percent", "Pods");

    private AutoscalerRules() {}

    static void check(JsonNode spec, Problems problems) {
        long least = Tree.number(spec, 1, "minReplicas");
        long most = Tree.number(spec, 0, "maxReplicas");
        if (least < 1) {
            problems.invalid("spec.minReplicas", least, "must be greater than or equal to 1");
        }
        if (most < 1) {
            problems.invalid("spec.maxReplicas", most, "must be greater than 0");
        }
        if (most < least) {
            problems.invalid(
                    "spec.maxReplicas", most, "must be greater than or equal to `minReplicas`");
        }
        reference(Tree.at(spec, "scaleTargetRef"), "spec.scaleTargetRef", problems);
        int i = 0;
        for (var metric : Tree.objects(spec, "metrics")) {
            MetricRules.check(metric, "spec.metrics[" + i++ + "]", problems);
        }
        if (least == 0
                && Tree.objects(spec, "metrics").stream().noneMatch(AutoscalerRules::wakes)) {
            problems.forbidden(
                    "spec.metrics",
                    "must specify at least one Object or External metric to support scaling to"
                            + " zero replicas");
        }
        for (var direction : List.of("scaleUp", "scaleDown")) {
            if (Tree.at(spec, "behavior", direction) instanceof ObjectNode rules) {
                behavior(rules, "spec.behavior." + direction, problems);
            }
        }
    }

    /// The name of an object of some kind.
    static void reference(JsonNode reference, String at, Problems problems) {
        for (var field : List.of("kind", "name")) {
            segment(Tree.text(reference, field), at + "." + field, "", problems);
        }
    }

    /// A name that has to be there and may stand in a path.
    ///
    /// @param missing what is said when it is not there
    static void segment(String name, String field, String missing, Problems problems) {
        if (name.isEmpty()) {
            problems.required(field, missing);
        } else {
            Names.segment(name).forEach(why -> problems.invalid(field, name, why));
        }
    }

    private static boolean wakes(ObjectNode metric) {
        var type = Tree.text(metric, "type");
        return type.equals("Object") || type.equals("External");
    }

    private static void behavior(ObjectNode rules, String at, Problems problems) {
        long window = Tree.number(rules, 0, "stabilizationWindowSeconds");
        if (window < 0) {
            problems.invalid(
                    at + ".stabilizationWindowSeconds",
                    window,
                    "must be greater than or equal to zero");
        }
        if (window > LONGEST_WINDOW) {
            problems.invalid(
                    at + ".stabilizationWindowSeconds",
                    window,
                    "must be less than or equal to 3600");
        }
        var selection = Tree.text(rules, "selectPolicy");
        if (!SELECTION.contains(selection)) {
            problems.unsupported(at + ".selectPolicy", selection, SELECTION);
        }
        var policies = Tree.objects(rules, "policies");
        if (policies.isEmpty()) {
            problems.required(at + ".policies", "must specify at least one Policy");
        }
        int i = 0;
        for (var policy : policies) {
            policy(policy, at + ".policies[" + i++ + "]", problems);
        }
    }

    private static void policy(ObjectNode policy, String at, Problems problems) {
        var type = Tree.text(policy, "type");
        if (!POLICIES.contains(type)) {
            problems.unsupported(at + ".type", type, POLICIES);
        }
        for (var field : List.of("value", "periodSeconds")) {
            long value = Tree.number(policy, 0, field);
            if (value <= 0) {
                problems.invalid(at + "." + field, value, "must be greater than zero");
            }
        }
        long period = Tree.number(policy, 0, "periodSeconds");
        if (period > LONGEST_PERIOD) {
            problems.invalid(at + ".periodSeconds", period, "must be less than or equal to 1800");
        }
    }
}

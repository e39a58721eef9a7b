package dev.flotilla.registry.kinds.batch;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a job makes of pods that fail.
final class FailurePolicies {
    private static final int MOST_RULES = 20;
    private static final int MOST_CODES = 255;
    private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");
    private static final List<String> OPERATORS = List.of("In", "NotIn");
    private static final List<String> STATUSES = List.of("False", "True", "Unknown");

    private FailurePolicies() {}

    /// @param at where the rules are
    static void check(JsonNode spec, String at, Problems problems) {
        var rules = Tree.objects(spec, "podFailurePolicy", "rules");
        if (rules.size() > MOST_RULES) {
            problems.tooMany(at, rules.size(), MOST_RULES);
        }
        var containers =
                Stream.of("containers", "initContainers")
                        .flatMap(l -> Tree.objects(spec, "template", "spec", l).stream())
                        .map(c -> Tree.text(c, "name"))
                        .collect(Collectors.toSet());
        boolean perIndex = Tree.has(spec, "backoffLimitPerIndex");
        int i = 0;
        for (var rule : rules) {
            var field = at + "[" + i++ + "]";
            action(rule, field, perIndex, problems);
            var codes = Tree.at(rule, "onExitCodes");
            var conditions = Tree.objects(rule, "onPodConditions");
            if (codes instanceof ObjectNode given) {
                operator(given, field + ".onExitCodes.operator", problems);
                var name = Tree.text(given, "containerName");
                if (Tree.has(given, "containerName") && !containers.contains(name)) {
                    problems.invalid(
                            field + ".onExitCodes.containerName",
                            name,
                            "must be one of the container or initContainer names in the pod"
                                    + " template");
                }
                codes(given, field + ".onExitCodes", problems);
            }
            conditions(conditions, field + ".onPodConditions", problems);
            if (!codes.isMissingNode() && !conditions.isEmpty()) {
                problems.wrong(
                        field, "specifying both OnExitCodes and OnPodConditions is not supported");
            } else if (codes.isMissingNode() && conditions.isEmpty()) {
                problems.wrong(
                        field, "specifying one of OnExitCodes and OnPodConditions is required");
            }
        }
    }

    private static void action(ObjectNode rule, String at, boolean perIndex, Problems problems) {
        var action = Tree.text(rule, "action");
        if (action.isEmpty()) {
            problems.required(at + ".action", "valid values: " + quoted(ACTIONS));
        } else if (action.equals("FailIndex") && !perIndex) {
            problems.invalid(at + ".action", action, "requires the backoffLimitPerIndex to be set");
        } else if (!ACTIONS.contains(action)) {
            problems.unsupported(at + ".action", action, ACTIONS);
        }
    }

    private static void operator(ObjectNode codes, String field, Problems problems) {
        var operator = Tree.text(codes, "operator");
        if (operator.isEmpty()) {
            problems.required(field, "valid values: " + quoted(OPERATORS));
        } else if (!OPERATORS.contains(operator)) {
            problems.unsupported(field, operator, OPERATORS);
        }
    }

    private static void codes(ObjectNode codes, String at, Problems problems) {
        var operator = Tree.text(codes, "operator");
        var values = Tree.at(codes, "values");
        if (values.isEmpty()) {
            problems.invalid(at + ".values", values, "at least one value is required");
        } else if (values.size() > MOST_CODES) {
            problems.tooMany(at + ".values", values.size(), MOST_CODES);
        }
        var seen = new HashSet<Long>();
        boolean ordered = true;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < values.size(); i++) {
            long code = values.get(i).asLong(0);
            var field = at + ".values[" + i + "]";
            if (operator.equals("In") && code == 0) {
                problems.invalid(field, code, "must not be 0 for the In operator");
            }
            if (!seen.add(code)) {
                problems.duplicate(field, code);
            }
            ordered &= last <= code;
            last = code;
        }
        if (!ordered) {
            problems.invalid(at + ".values", values, "must be ordered");
        }
    }

    private static void conditions(List<ObjectNode> patterns, String at, Problems problems) {
        if (patterns.size() > MOST_RULES) {
            problems.tooMany(at, patterns.size(), MOST_RULES);
        }
        int i = 0;
        for (var pattern : patterns) {
            var field = at + "[" + i++ + "]";
            var type = Tree.text(pattern, "type");
            Names.qualified(type).forEach(why -> problems.invalid(field + ".type", type, why));
            var status = Tree.text(pattern, "status");
            if (!STATUSES.contains(status)) {
                problems.unsupported(field + ".status", status, STATUSES);
            }
        }
    }

    /// As Go prints a list of texts.
    private static String quoted(List<String> values) {
        return values.stream().map(v -> '"' + v + '"').collect(Collectors.joining(" ", "[", "]"));
    }
}

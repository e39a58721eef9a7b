package dev.flotilla.registry.kind;

import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What labels, and selectors within objects, must look like.
public final class SelectorRules {
    private SelectorRules() {}

    /// @param labels an object of texts, or nothing
    public static void labels(JsonNode labels, String at, Problems problems) {
        for (var label : Tree.fields(labels)) {
            Names.qualified(label.getKey())
                    .forEach(why -> problems.invalid(at, label.getKey(), why));
            Names.labelValue(label.getValue().asString(""))
                    .forEach(why -> problems.invalid(at, label.getValue(), why));
        }
    }

    /// @param selector with `matchLabels` and `matchExpressions`, or nothing
    public static void check(JsonNode selector, String at, Problems problems) {
        labels(Tree.at(selector, "matchLabels"), at + ".matchLabels", problems);
        int i = 0;
        for (var e : Tree.objects(selector, "matchExpressions")) {
            expression(e, at + ".matchExpressions[" + i++ + "]", problems);
        }
    }

    /// Whether it says nothing.
    public static boolean empty(JsonNode selector) {
        return Tree.at(selector, "matchLabels").isEmpty()
                && Tree.at(selector, "matchExpressions").isEmpty();
    }

    /// Checks how many values an operator that all selectors have comes with.
    ///
    /// @return whether it is one
    public static boolean hasFittingValues(
            String operator, List<String> values, String at, Problems problems) {
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    problems.required(
                            at + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    problems.forbidden(
                            at + ".values",
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void expression(ObjectNode e, String at, Problems problems) {
        var operator = Tree.text(e, "operator");
        var values = Tree.texts(e, "values");
        if (!hasFittingValues(operator, values, at, problems)) {
            problems.invalid(at + ".operator", operator, "not a valid selector operator");
        }
        var key = Tree.text(e, "key");
        Names.qualified(key).forEach(why -> problems.invalid(at + ".key", key, why));
        int i = 0;
        for (var value : values) {
            var field = at + ".values[" + i++ + "]";
            Names.labelValue(value).forEach(why -> problems.invalid(field, value, why));
        }
    }
}

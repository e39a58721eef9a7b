package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.SelectorRules;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What nodes are chosen by: their labels, and their names.
public final class NodeTerms {
    private NodeTerms() {}

    /// @param selector with `nodeSelectorTerms`
    public static void check(JsonNode selector, String at, Problems problems) {
        var field = at + ".nodeSelectorTerms";
        var terms = Tree.objects(selector, "nodeSelectorTerms");
        if (terms.isEmpty()) {
            problems.required(field, "must have at least one node selector term");
        }
        for (int i = 0; i < terms.size(); i++) {
            term(terms.get(i), true, field + "[" + i + "]", problems);
        }
    }

    /// @param strict whether the values have to be those of labels
    static void term(JsonNode term, boolean strict, String at, Problems problems) {
        int i = 0;
        for (var e : Tree.objects(term, "matchExpressions")) {
            expression(e, strict, at + ".matchExpressions[" + i++ + "]", problems);
        }
        i = 0;
        for (var e : Tree.objects(term, "matchFields")) {
            field(e, at + ".matchFields[" + i++ + "]", problems);
        }
    }

    private static void expression(ObjectNode e, boolean strict, String at, Problems problems) {
        var values = Tree.texts(e, "values");
        var operator = Tree.text(e, "operator");
        if (operator.equals("Gt") || operator.equals("Lt")) {
            if (values.size() != 1) {
                problems.required(
                        at + ".values",
                        "must be specified single value when `operator` is 'Lt' or 'Gt'");
            }
        } else if (!SelectorRules.hasFittingValues(operator, values, at, problems)) {
            problems.invalid(at + ".operator", operator, "not a valid selector operator");
        }
        Checks.qualified(Tree.text(e, "key"), at + ".key", problems);
        for (int i = 0; strict && i < values.size(); i++) {
            Checks.labelValue(values.get(i), at + ".values[" + i + "]", problems);
        }
    }

    private static void field(ObjectNode e, String at, Problems problems) {
        var values = Tree.texts(e, "values");
        var operator = Tree.text(e, "operator");
        if (!operator.equals("In") && !operator.equals("NotIn")) {
            problems.invalid(at + ".operator", operator, "not a valid selector operator");
        } else if (values.size() != 1) {
            problems.required(
                    at + ".values",
                    "must be only one value when `operator` is 'In' or 'NotIn' for node field"
                            + " selector");
        }
        if (!Tree.text(e, "key").equals("metadata.name")) {
            problems.invalid(at + ".key", Tree.text(e, "key"), "not a valid field selector key");
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            Checks.subdomain(values.get(i), at + ".values[" + i + "]", problems);
        }
    }
}

package dev.flotilla.registry.select;

import dev.flotilla.registry.select.Labels.Absent;
import dev.flotilla.registry.select.Labels.Exists;
import dev.flotilla.registry.select.Labels.In;
import dev.flotilla.registry.select.Labels.NotIn;
import dev.flotilla.registry.select.Labels.Requirement;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads the selector within an object: `matchLabels` and `matchExpressions`.
public final class LabelObjects {
    private LabelObjects() {}

    /// @throws BadSelector if an expression makes no sense
    public static Labels read(JsonNode selector) {
        var all = new ArrayList<Requirement>();
        for (var label : Tree.fields(selector, "matchLabels")) {
            all.add(new In(label.getKey(), Set.of(label.getValue().asString(""))));
        }
        for (var e : Tree.objects(selector, "matchExpressions")) {
            all.add(expression(e));
        }
        return new Labels(List.copyOf(all));
    }

    private static Requirement expression(JsonNode e) {
        var key = Tree.text(e, "key");
        var operator = Tree.text(e, "operator");
        var values = Set.copyOf(Tree.texts(e, "values"));
        boolean takesValues = operator.equals("In") || operator.equals("NotIn");
        if (takesValues == values.isEmpty()) {
            throw new BadSelector(
                    takesValues
                            ? "values: must be specified when `operator` is 'In' or 'NotIn'"
                            : "values: may not be specified when `operator` is 'Exists' or"
                                    + " 'DoesNotExist'");
        }
        return switch (operator) {
            case "In" -> new In(key, values);
            case "NotIn" -> new NotIn(key, values);
            case "Exists" -> new Exists(key);
            case "DoesNotExist" -> new Absent(key);
            default ->
                    throw new BadSelector(
                            "\"%s\" is not a valid label selector operator".formatted(operator));
        };
    }
}

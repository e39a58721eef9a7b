package dev.flotilla.registry.table;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An autoscaler's row.
public final class AutoscalerCells {
    /// Shown in full; of the others only how many there are.
    private static final int SHOWN = 2;

    private static final String UNKNOWN = "<unknown>";
    private static final Map<String, String> SOURCES =
            Map.of(
                    "External", "external",
                    "Pods", "pods",
                    "Object", "object",
                    "Resource", "resource",
                    "ContainerResource", "containerResource");

    public static final List<Column> COLUMNS =
            List.of(
                    Column.NAME,
                    Column.text(
                            "Reference",
                            "What it scales.",
                            (o, _) ->
                                    Tree.text(o, "spec", "scaleTargetRef", "kind")
                                            + "/"
                                            + Tree.text(o, "spec", "scaleTargetRef", "name")),
                    Column.text(
                            "Targets",
                            "What is measured, of what is wanted.",
                            (o, _) -> targets(o)),
                    Column.text("MinPods", "The fewest pods.", (o, _) -> least(o)),
                    Column.text(
                            "MaxPods",
                            "The most pods.",
                            (o, _) -> Tree.number(o, 0, "spec", "maxReplicas")),
                    Column.text(
                            "Replicas",
                            "Pods there.",
                            (o, _) -> Tree.number(o, 0, "status", "currentReplicas")),
                    Column.AGE);

    private AutoscalerCells() {}

    private static String least(ObjectNode autoscaler) {
        var least = Tree.at(autoscaler, "spec", "minReplicas");
        return least.isMissingNode() ? "<unset>" : least.asString();
    }

    private static String targets(ObjectNode autoscaler) {
        var metrics = Tree.objects(autoscaler, "spec", "metrics");
        if (metrics.isEmpty()) {
            return "<none>";
        }
        var measured = Tree.objects(autoscaler, "status", "currentMetrics");
        var all = new ArrayList<String>();
        for (int i = 0; i < metrics.size() && i < SHOWN; i++) {
            all.add(target(metrics.get(i), i < measured.size() ? measured.get(i) : Tree.empty()));
        }
        var shown = String.join(", ", all);
        return metrics.size() > SHOWN
                ? shown + " + " + (metrics.size() - SHOWN) + " more..."
                : shown;
    }

    private static String target(ObjectNode metric, ObjectNode measured) {
        var source = SOURCES.get(Tree.text(metric, "type"));
        if (source == null) {
            return "<unknown type>";
        }
        var target = Tree.at(metric, source, "target");
        var current = Tree.at(measured, source, "current");
        return switch (source) {
            case "pods" -> of(current, target, "averageValue");
            case "external", "object" ->
                    Tree.has(target, "averageValue")
                            ? of(current, target, "averageValue") + " (avg)"
                            : of(current, target, "value");
            default ->
                    Tree.text(metric, source, "name")
                            + ": "
                            + (Tree.has(target, "averageValue")
                                    ? of(current, target, "averageValue")
                                    : percent(current, UNKNOWN) + "/" + percent(target, "<auto>"));
        };
    }

    private static String of(JsonNode current, JsonNode target, String field) {
        var is = Tree.text(current, field);
        return (is.isEmpty() ? UNKNOWN : is) + "/" + Tree.text(target, field);
    }

    private static String percent(JsonNode values, String otherwise) {
        var percent = Tree.at(values, "averageUtilization");
        return percent.isMissingNode() ? otherwise : percent.asString() + "%";
    }
}

package dev.flotilla.registry.table;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Rows of the kinds that make pods from a template.
public final class TemplateCells {
    static final Column CONTAINERS =
            Column.wide("Containers", "Names of its containers.", (o, _) -> each(o, "name"));
    static final Column IMAGES =
            Column.wide("Images", "Images of its containers.", (o, _) -> each(o, "image"));
    static final Column SELECTOR =
            Column.wide(
                    "Selector",
                    "What its pods are known by.",
                    (o, _) -> Selectors.text(Tree.at(o, "spec", "selector")));

    public static final List<Column> DEPLOYMENT =
            List.of(
                    Column.NAME,
                    Column.text(
                            "Ready",
                            "Ready pods of those wanted.",
                            (o, _) -> status(o, "readyReplicas") + "/" + wanted(o)),
                    Column.text(
                            "Up-to-date",
                            "Pods of the present template.",
                            (o, _) -> status(o, "updatedReplicas")),
                    Column.text(
                            "Available",
                            "Pods that have been ready for long enough.",
                            (o, _) -> status(o, "availableReplicas")),
                    Column.AGE,
                    CONTAINERS,
                    IMAGES,
                    SELECTOR);

    public static final List<Column> REPLICA_SET =
            List.of(
                    Column.NAME,
                    Column.integer("Desired", "Pods wanted.", (o, _) -> wanted(o)),
                    Column.integer("Current", "Pods there.", (o, _) -> status(o, "replicas")),
                    Column.integer("Ready", "Pods ready.", (o, _) -> status(o, "readyReplicas")),
                    Column.AGE,
                    CONTAINERS,
                    IMAGES,
                    SELECTOR);

    public static final List<Column> STATEFUL_SET =
            List.of(
                    Column.NAME,
                    Column.text(
                            "Ready",
                            "Ready pods of those wanted.",
                            (o, _) -> status(o, "readyReplicas") + "/" + wanted(o)),
                    Column.AGE,
                    CONTAINERS,
                    IMAGES);

    public static final List<Column> POD_TEMPLATE =
            List.of(
                    Column.NAME,
                    Column.text(
                            "Containers",
                            "Names of its containers.",
                            (o, _) -> each(Tree.at(o, "template"), "name")),
                    Column.text(
                            "Images",
                            "Images of its containers.",
                            (o, _) -> each(Tree.at(o, "template"), "image")),
                    Column.text(
                            "Pod Labels",
                            "What its pods are labelled with.",
                            (o, _) ->
                                    Selectors.labels(
                                            Tree.at(o, "template", "metadata", "labels"))));

    private TemplateCells() {}

    private static long wanted(ObjectNode object) {
        return Tree.number(object, 0, "spec", "replicas");
    }

    private static long status(ObjectNode object, String name) {
        return Tree.number(object, 0, "status", name);
    }

    private static String each(ObjectNode object, String field) {
        return each(Tree.at(object, "spec", "template"), field);
    }

    private static String each(JsonNode template, String field) {
        Function<ObjectNode, String> read = c -> Tree.text(c, field);
        return Tree.objects(template, "spec", "containers").stream()
                .map(read)
                .collect(Collectors.joining(","));
    }
}

package dev.flotilla.registry.table;

import dev.flotilla.registry.tree.Tree;

import java.util.List;

/// A DaemonSet's row.
public final class DaemonSetCells {
    public static final List<Column> COLUMNS =
            List.of(
                    Column.NAME,
                    count("Desired", "Nodes that should run its pod.", "desiredNumberScheduled"),
                    count("Current", "Nodes that have its pod.", "currentNumberScheduled"),
                    count("Ready", "Nodes whose pod is ready.", "numberReady"),
                    count(
                            "Up-to-date",
                            "Nodes whose pod is of the present template.",
                            "updatedNumberScheduled"),
                    count(
                            "Available",
                            "Nodes whose pod has been ready for long enough.",
                            "numberAvailable"),
                    Column.text(
                            "Node Selector",
                            "Labels of the nodes it is for.",
                            (o, _) ->
                                    Selectors.labels(
                                            Tree.at(
                                                    o,
                                                    "spec",
                                                    "template",
                                                    "spec",
                                                    "nodeSelector"))),
                    Column.AGE,
                    TemplateCells.CONTAINERS,
                    TemplateCells.IMAGES,
                    TemplateCells.SELECTOR);

    private DaemonSetCells() {}

    private static Column count(String name, String description, String field) {
        return Column.integer(name, description, (o, _) -> Tree.number(o, 0, "status", field));
    }
}

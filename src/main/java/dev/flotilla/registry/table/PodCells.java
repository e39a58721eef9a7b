package dev.flotilla.registry.table;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// A pod's row.
public final class PodCells {
    public static final List<Column> COLUMNS =
            List.of(
                    Column.NAME,
                    Column.text("Ready", "Ready containers of all.", (o, _) -> ready(o)),
                    Column.text("Status", "What it is at, in a word.", (o, _) -> PodStatus.of(o)),
                    Column.text(
                            "Restarts",
                            "How often its containers were restarted, and when last.",
                            Restarts::of),
                    Column.AGE,
                    Column.wide("IP", "Its address.", (o, _) -> orNone(o, "status", "podIP")),
                    Column.wide("Node", "Where it runs.", (o, _) -> orNone(o, "spec", "nodeName")),
                    Column.wide(
                            "Nominated Node",
                            "Where room is being made for it.",
                            (o, _) -> orNone(o, "status", "nominatedNodeName")),
                    Column.wide(
                            "Readiness Gates",
                            "Conditions of its own that are met, of all.",
                            (o, _) -> gates(o)));

    private PodCells() {}

    private static String ready(ObjectNode pod) {
        long ready =
                Tree.objects(pod, "status", "containerStatuses").stream()
                        .filter(c -> Tree.isTrue(c, "ready") && Tree.has(c, "state", "running"))
                        .count();
        return ready + "/" + Tree.objects(pod, "spec", "containers").size();
    }

    private static String gates(ObjectNode pod) {
        var gates = Tree.objects(pod, "spec", "readinessGates");
        if (gates.isEmpty()) {
            return "<none>";
        }
        var conditions = Tree.objects(pod, "status", "conditions");
        long met =
                gates.stream()
                        .filter(
                                g ->
                                        conditions.stream()
                                                .anyMatch(
                                                        c ->
                                                                Tree.text(c, "type")
                                                                                .equals(
                                                                                        Tree.text(
                                                                                                g,
                                                                                                "conditionType"))
                                                                        && Tree.text(c, "status")
                                                                                .equals("True")))
                        .count();
        return met + "/" + gates.size();
    }

    private static String orNone(ObjectNode pod, String... path) {
        var text = Tree.text(pod, path);
        return text.isEmpty() ? "<none>" : text;
    }
}

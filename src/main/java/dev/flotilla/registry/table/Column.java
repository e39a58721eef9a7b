package dev.flotilla.registry.table;

import dev.flotilla.registry.tree.Tree;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;

/// One column of a kind's table.
///
/// @param type of OpenAPI: `string`, `integer`, `date`
/// @param priority 0 is always shown, 1 only when wide
public record Column(
        String name, String type, String format, String description, int priority, Cell cell) {
    public static final Column NAME =
            new Column(
                    "Name",
                    "string",
                    "name",
                    "Unique within its namespace, or its kind.",
                    0,
                    (o, _) -> Tree.text(o, "metadata", "name"));

    public static final Column AGE =
            text(
                    "Age",
                    "How long ago it was created.",
                    (o, now) -> Ages.since(Tree.text(o, "metadata", "creationTimestamp"), now));

    public static Column text(String name, String description, Cell cell) {
        return new Column(name, "string", "", description, 0, cell);
    }

    public static Column integer(String name, String description, Cell cell) {
        return new Column(name, "integer", "", description, 0, cell);
    }

    /// The columns of a kind that has none of its own.
    public static final List<Column> PLAIN =
            List.of(
                    NAME,
                    new Column(
                            "Created At",
                            "date",
                            "",
                            "When it was created.",
                            0,
                            (o, _) -> Tree.text(o, "metadata", "creationTimestamp")));

    /// Shown only with `-o wide`.
    public static Column wide(String name, String description, Cell cell) {
        return new Column(name, "string", "", description, 1, cell);
    }

    /// What stands in a column of an object's row.
    @FunctionalInterface
    public interface Cell {
        /// @return a string, a number or a truth
        @Nullable Object of(ObjectNode object, Instant now);
    }
}

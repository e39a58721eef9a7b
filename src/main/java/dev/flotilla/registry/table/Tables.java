package dev.flotilla.registry.table;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/// Makes a `meta.k8s.io/v1` Table.
public final class Tables {
    private Tables() {}

    /// What of the object each row carries along.
    public enum Include {
        NONE,
        METADATA,
        OBJECT
    }

    /// @param kept the object as its kind's cells read it
    /// @param withColumns a watch's events after the first leave them out
    public static ObjectNode of(
            List<Column> columns,
            List<ObjectNode> objects,
            boolean withColumns,
            Include include,
            UnaryOperator<ObjectNode> kept,
            Instant now) {
        var table = Tree.empty().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata");
        var definitions = table.putArray("columnDefinitions");
        if (withColumns) {
            columns.forEach(
                    c ->
                            definitions
                                    .addObject()
                                    .put("name", c.name())
                                    .put("type", c.type())
                                    .put("format", c.format())
                                    .put("description", c.description())
                                    .put("priority", c.priority()));
        }
        var rows = table.putArray("rows");
        for (var object : objects) {
            var row = rows.addObject();
            var cells = row.putArray("cells");
            var read = kept.apply(object);
            for (var column : columns) {
                switch (column.cell().of(read, now)) {
                    case String text -> cells.add(text);
                    case Number number -> cells.add(number.longValue());
                    case Boolean truth -> cells.add(truth);
                    case null, default -> cells.addNull();
                }
            }
            switch (include) {
                case NONE -> row.putNull("object");
                case METADATA -> row.set("object", metadataOnly(object));
                case OBJECT -> row.set("object", object);
            }
        }
        return table;
    }

    /// A `PartialObjectMetadata`.
    public static ObjectNode metadataOnly(ObjectNode object) {
        var partial =
                Tree.empty()
                        .put("kind", "PartialObjectMetadata")
                        .put("apiVersion", "meta.k8s.io/v1");
        JsonNode metadata = Tree.at(object, "metadata");
        partial.set("metadata", metadata.isMissingNode() ? Tree.empty() : metadata);
        return partial;
    }
}

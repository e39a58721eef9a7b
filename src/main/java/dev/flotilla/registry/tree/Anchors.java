package dev.flotilla.registry.tree;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLParser;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What parts of a YAML document are called, for who repeats them by name. A small text that names
/// much many times over is refused before it fills the memory.
final class Anchors {
    /// Of values that are there by name alone.
    private static final int MOST_REPEATED = 100_000;

    private static final String MERGE = "<<";

    private final Map<String, JsonNode> named = new HashMap<>();
    private int repeated;

    /// What the value that now begins is called; null if it has no name.
    @Nullable String name(JsonParser parser) {
        var name = parser instanceof YAMLParser yaml ? yaml.getObjectId() : null;
        return name == null ? null : String.valueOf(name);
    }

    boolean isAlias(JsonParser parser) {
        return parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
    }

    void keep(@Nullable String name, JsonNode value) {
        if (name != null) {
            named.put(name, value);
        }
    }

    JsonNode named(JsonParser parser) {
        var name = parser.getString();
        var value = named.get(name);
        if (value == null) {
            throw new StreamReadException(parser, "unknown anchor '%s' referenced".formatted(name));
        }
        repeated += size(value);
        if (repeated > MOST_REPEATED) {
            throw new StreamReadException(parser, "document contains excessive aliasing");
        }
        return value.deepCopy();
    }

    private static int size(JsonNode value) {
        int size = 1;
        for (var part : value) {
            size += size(part);
        }
        return size;
    }

    /// Puts what is to be merged into a map beneath what the map says itself.
    static void merge(ObjectNode object) {
        var merged = object.remove(MERGE);
        if (merged == null) {
            return;
        }
        for (var from : merged.isArray() ? merged : List.of(merged)) {
            from.forEachEntry(
                    (field, value) -> {
                        if (!object.has(field)) {
                            object.set(field, value);
                        }
                    });
        }
    }
}

package dev.flotilla.registry.patch;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// Where a JSON pointer ends: a field of an object or a place in a list, whether or not there is
/// something.
///
/// @param within the object or list
record Spot(JsonNode within, String key) {
    static Optional<Spot> find(JsonNode document, String pointer) {
        var parts = pointer.split("/", -1);
        if (parts.length < 2) {
            return Optional.empty();
        }
        var here = document;
        for (int i = 1; i < parts.length - 1 && here.isContainer(); i++) {
            var next = new Spot(here, unescaped(parts[i]));
            here = next.outside() ? MissingNode.getInstance() : next.get();
        }
        return here.isContainer()
                ? Optional.of(new Spot(here, unescaped(parts[parts.length - 1])))
                : Optional.empty();
    }

    /// Whether it is no place of the list. An object may have any field.
    boolean outside() {
        if (!(within instanceof ArrayNode list)) {
            return false;
        }
        try {
            int at = Integer.parseInt(key);
            return at >= list.size() || at < -list.size();
        } catch (NumberFormatException e) {
            return true;
        }
    }

    JsonNode get() {
        return within instanceof ArrayNode list
                ? list.get(index(list.size(), list.size() - 1))
                : within.path(key);
    }

    /// In place of what is there.
    void set(JsonNode value) {
        switch (within) {
            case ArrayNode list -> list.set(index(list.size(), list.size() - 1), held(value));
            case ObjectNode object -> object.set(key, held(value));
            default -> throw new IllegalStateException("no container: " + within);
        }
    }

    /// Before what is there in a list.
    ///
    /// @return what was added
    JsonNode add(JsonNode value) {
        if (!(within instanceof ArrayNode list)) {
            set(value);
        } else if (key.equals("-")) {
            list.add(held(value));
        } else {
            list.insert(index(list.size() + 1, list.size()), held(value));
        }
        return value;
    }

    /// @return what was there
    JsonNode take() {
        return switch (within) {
            case ArrayNode list -> list.remove(index(list.size(), list.size() - 1));
            case ObjectNode object -> {
                var was = object.remove(key);
                if (was == null) {
                    throw new BadPatch(
                            "Unable to remove nonexistent key: " + key + ": missing value");
                }
                yield was;
            }
            default -> throw new IllegalStateException("no container: " + within);
        };
    }

    /// @param size what an index below zero counts from
    /// @param last the greatest that will do
    private int index(int size, int last) {
        int at;
        try {
            at = Integer.parseInt(key);
        } catch (NumberFormatException e) {
            throw new BadPatch("strconv.Atoi: parsing \"" + key + "\": invalid syntax");
        }
        if (at > last || at < -size) {
            throw new BadPatch(
                    "Unable to access invalid index: " + at + ": invalid index referenced");
        }
        return at < 0 ? at + size : at;
    }

    /// What is left out is `null`.
    private static JsonNode held(JsonNode value) {
        return value.isMissingNode() ? NullNode.getInstance() : value.deepCopy();
    }

    private static String unescaped(String part) {
        return part.replace("~1", "/").replace("~0", "~");
    }
}

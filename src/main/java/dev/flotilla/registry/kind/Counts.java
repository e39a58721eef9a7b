package dev.flotilla.registry.kind;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

/// Numbers that count something.
public final class Counts {
    private Counts() {}

    /// Holds that none of the fields of `object` is below zero.
    ///
    /// @param at where the object is, such as `spec`
    public static void notNegative(
            JsonNode object, String at, Problems problems, String... fields) {
        for (var field : fields) {
            long value = Tree.number(object, 0, field);
            if (value < 0) {
                problems.invalid(at + "." + field, value, "must be greater than or equal to 0");
            }
        }
    }

    /// Holds that a counter that only grows was not turned back.
    public static void notDecremented(
            JsonNode before, JsonNode after, String at, Problems problems, String field) {
        long value = Tree.number(after, 0, field);
        if (value < Tree.number(before, 0, field)) {
            problems.invalid(at + "." + field, value, "cannot be decremented");
        }
    }

    /// Holds that a field is what it was.
    public static void immutable(
            JsonNode before, JsonNode after, String at, Problems problems, String... fields) {
        for (var field : fields) {
            var is = Tree.at(after, field);
            if (!Tree.same(Tree.at(before, field), is)) {
                problems.invalid(at + field, is, "field is immutable");
            }
        }
    }
}

package dev.flotilla.registry.apply;

import dev.flotilla.registry.tree.Tree;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/// Takes fields and elements out of a value.
final class Prune {
    private Prune() {}

    /// @return a new value; null if nothing is left of it
    static @Nullable JsonNode without(Type type, JsonNode value, FieldSet fields) {
        if (fields.isEmpty() || !value.isContainer() || value.isEmpty()) {
            return value.deepCopy();
        }
        return switch (type) {
            case Type.Leaf _ -> null;
            case Type.Open _ -> value.isObject() ? object(type, value, fields) : null;
            case Type.Struct _, Type.MapOf _ -> object(type, value, fields);
            case Type.SetOf _, Type.Keyed _ -> list(type, value, fields);
        };
    }

    private static @Nullable JsonNode object(Type type, JsonNode value, FieldSet fields) {
        var left = Tree.empty();
        for (var field : value.properties()) {
            var below = fields.below(Elements.field(field.getKey()));
            if (!below.owned()) {
                var of = Type.within(type, field.getKey());
                var rest = without(of == null ? Type.OPEN : of, field.getValue(), below);
                if (rest != null) {
                    left.set(field.getKey(), rest);
                }
            }
        }
        return left.isEmpty() ? null : left;
    }

    private static @Nullable JsonNode list(Type type, JsonNode value, FieldSet fields) {
        var left = Tree.list();
        int i = 0;
        for (var element : value) {
            var below = fields.below(Elements.of(type, element, i++));
            if (!below.owned()) {
                var rest =
                        type instanceof Type.Keyed keyed
                                ? without(keyed.element(), element, below)
                                : element.deepCopy();
                if (rest != null) {
                    left.add(rest);
                }
            }
        }
        return left.isEmpty() ? null : left;
    }
}

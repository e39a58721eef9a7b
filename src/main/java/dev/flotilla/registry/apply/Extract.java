package dev.flotilla.registry.apply;

import tools.jackson.databind.JsonNode;

import java.util.TreeMap;

/// What a manager owns by what it applies: the leaves, and each element of a list or a map.
final class Extract {
    private Extract() {}

    static FieldSet of(Type type, JsonNode value) {
        if (value.isNull()) {
            return type instanceof Type.Leaf ? FieldSet.SELF : FieldSet.NONE;
        }
        return switch (type) {
            case Type.Leaf _ -> FieldSet.SELF;
            case Type.Open _ -> value.isObject() ? object(type, value) : FieldSet.SELF;
            case Type.Struct _, Type.MapOf _ -> object(type, value);
            case Type.SetOf _, Type.Keyed _ -> list(type, value);
        };
    }

    private static FieldSet object(Type type, JsonNode value) {
        var parts = new TreeMap<String, FieldSet>();
        for (var field : value.properties()) {
            var of = Type.within(type, field.getKey());
            var below = of(of == null ? Type.OPEN : of, field.getValue());
            boolean self =
                    !(type instanceof Type.Struct)
                            || of == null
                            || field.getValue().isNull()
                            || (field.getValue().isObject() && field.getValue().isEmpty());
            var name = Elements.field(field.getKey());
            FieldSet.put(parts, name, self ? below.withSelf() : below);
        }
        return FieldSet.of(false, parts);
    }

    private static FieldSet list(Type type, JsonNode list) {
        var parts = new TreeMap<String, FieldSet>();
        int i = 0;
        for (var element : list) {
            var below =
                    type instanceof Type.Keyed keyed ? of(keyed.element(), element) : FieldSet.NONE;
            parts.merge(Elements.of(type, element, i++), below.withSelf(), FieldSet::or);
        }
        return FieldSet.of(false, parts);
    }
}

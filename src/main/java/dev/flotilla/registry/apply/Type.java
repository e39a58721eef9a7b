package dev.flotilla.registry.apply;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Set;

/// How a value is merged, and so what of it can be owned.
public sealed interface Type {
    Type LEAF = new Leaf();
    Type OPEN = new Open();

    /// Plain values, and what is only ever replaced whole.
    record Leaf() implements Type {}

    /// Anything: objects are merged field by field, all else is replaced.
    record Open() implements Type {}

    /// An object with known fields.
    non-sealed interface Struct extends Type {
        /// Null for a field that the schema does not have.
        @Nullable Type field(String name);

        /// The fields that are there, if empty, wherever the object is.
        Set<String> always();
    }

    /// An object with any fields, all alike.
    record MapOf(Type value) implements Type {}

    /// A list of plain values, each once.
    record SetOf() implements Type {}

    /// A list of objects that some of their fields tell apart.
    ///
    /// @param keys sorted by name
    record Keyed(List<Key> keys, Struct element) implements Type {}

    /// @param otherwise stands for a value that is left out
    record Key(String name, @Nullable JsonNode otherwise) {}

    /// The type of a field of a value of this type.
    ///
    /// @return null if there is none
    static @Nullable Type within(Type type, String name) {
        return switch (type) {
            case Struct struct -> struct.field(name);
            case MapOf map -> map.value();
            case Open open -> open;
            case Leaf _, SetOf _, Keyed _ -> null;
        };
    }
}

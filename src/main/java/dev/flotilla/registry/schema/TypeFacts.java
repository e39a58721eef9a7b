package dev.flotilla.registry.schema;

import java.util.List;
import java.util.Map;

/// What is known of a type beyond the names of its fields.
///
/// @param atomic only ever replaced whole
/// @param required what it can't do without
/// @param union the field that says whether another is meant, and that one; empty if none does
/// @param fields those of which something is known
record TypeFacts(
        boolean atomic, List<String> required, List<String> union, Map<String, FieldFacts> fields) {
    static final TypeFacts NONE = new TypeFacts(false, List.of(), List.of(), Map.of());

    FieldFacts field(String name) {
        return fields.getOrDefault(name, FieldFacts.NONE);
    }
}

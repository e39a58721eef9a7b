package dev.flotilla.registry.tree;

import java.util.List;

/// What a body gave twice.
///
/// @param fields in JSON: paths as `spec.replicas`, in the order in which they were repeated
/// @param lines in YAML: where, as `line 3: key "replicas" already set in map`
public record Duplicates(List<String> fields, List<String> lines) {
    public static final Duplicates NONE = new Duplicates(List.of(), List.of());

    public Duplicates {
        fields = List.copyOf(fields);
        lines = List.copyOf(lines);
    }
}

package dev.flotilla.registry.schema;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/// What is known of one field beyond its name and its value's form.
///
/// @param keys by which the elements of a list are told apart; empty if it is no such list
/// @param set a list of plain values, each once
/// @param atomic a map that is only ever replaced whole
/// @param granular merged field by field though its type is atomic elsewhere
/// @param mergeKey by which strategic merge tells the elements apart
/// @param strategy of strategic merge: `merge`, `retainKeys`, `merge,retainKeys`, `replace` or
///   empty
/// @param always there, if empty, in every object
/// @param otherwise stands for a value that is left out
record FieldFacts(
        List<String> keys,
        boolean set,
        boolean atomic,
        boolean granular,
        @Nullable String mergeKey,
        String strategy,
        boolean always,
        @Nullable String otherwise) {
    static final FieldFacts NONE =
            new FieldFacts(List.of(), false, false, false, null, "", false, null);

    /// @param words as in the table, such as `map=name patch=name`
    static FieldFacts of(List<String> words) {
        var keys = value(words, "map");
        var mergeKey = value(words, "patch");
        return new FieldFacts(
                keys == null ? List.of() : Arrays.asList(keys.split(",")),
                words.contains("set"),
                words.contains("atomic"),
                words.contains("granular"),
                mergeKey,
                strategy(words, mergeKey != null),
                words.contains("always"),
                value(words, "default"));
    }

    /// How apply merges the list: `map`, `set` or `atomic`.
    String listType() {
        return set ? "set" : keys.isEmpty() ? "atomic" : "map";
    }

    boolean merged() {
        return strategy.startsWith("merge");
    }

    private static String strategy(List<String> words, boolean byKey) {
        if (words.contains("replace")) {
            return "replace";
        }
        boolean merge = byKey || words.contains("merge");
        boolean retain = words.contains("retainKeys");
        return merge ? (retain ? "merge,retainKeys" : "merge") : (retain ? "retainKeys" : "");
    }

    private static @Nullable String value(List<String> words, String name) {
        for (var word : words) {
            if (word.startsWith(name + "=")) {
                return word.substring(name.length() + 1);
            }
        }
        return null;
    }
}

package dev.flotilla.registry;

import java.util.function.Consumer;

/// How a write is to be done.
///
/// @param dryRun everything but the write itself
/// @param fieldManager who writes; empty if not said
/// @param warnings takes each warning for the client
public record WriteOptions(
        boolean dryRun,
        FieldValidation fieldValidation,
        String fieldManager,
        Consumer<String> warnings) {

    /// For writers in process, whose bodies come out of the typed model.
    public static final WriteOptions PLAIN =
            new WriteOptions(false, FieldValidation.IGNORE, "flotilla", _ -> {});

    /// Refuses unknown fields.
    public static final WriteOptions STRICT =
            new WriteOptions(false, FieldValidation.STRICT, "flotilla", _ -> {});
}

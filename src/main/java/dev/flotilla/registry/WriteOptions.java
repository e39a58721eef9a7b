package dev.flotilla.registry;

import java.util.List;
import java.util.function.Consumer;

/// How a write is to be done.
///
/// @param dryRun everything but the write itself
/// @param fieldManager who writes; empty if not said
/// @param warnings takes each warning for the client
/// @param duplicateFields paths of the fields that the body gave twice, as `spec.replicas`
public record WriteOptions(
        boolean dryRun,
        FieldValidation fieldValidation,
        String fieldManager,
        Consumer<String> warnings,
        List<String> duplicateFields) {

    /// With no field given twice, or without knowing.
    public WriteOptions(
            boolean dryRun,
            FieldValidation fieldValidation,
            String fieldManager,
            Consumer<String> warnings) {
        this(dryRun, fieldValidation, fieldManager, warnings, List.of());
    }

    /// For writers in process, whose bodies come out of the typed model.
    public static final WriteOptions PLAIN =
            new WriteOptions(false, FieldValidation.IGNORE, "flotilla", _ -> {});

    /// Refuses unknown fields.
    public static final WriteOptions STRICT =
            new WriteOptions(false, FieldValidation.STRICT, "flotilla", _ -> {});
}

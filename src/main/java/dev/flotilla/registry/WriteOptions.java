package dev.flotilla.registry;

import dev.flotilla.registry.tree.Duplicates;

import tools.jackson.databind.node.ObjectNode;

import java.util.function.Consumer;

/// How a write is to be done.
///
/// @param dryRun everything but the write itself
/// @param fieldManager who writes; empty for a writer of this process that leaves no trace in
///   `metadata.managedFields`
/// @param warnings takes each warning for the client
/// @param duplicates what the body gave twice
/// @param approval is shown the object as it is to be written, and may throw
public record WriteOptions(
        boolean dryRun,
        FieldValidation fieldValidation,
        String fieldManager,
        Consumer<String> warnings,
        Duplicates duplicates,
        Consumer<ObjectNode> approval) {

    /// With no field given twice, or without knowing.
    public WriteOptions(
            boolean dryRun,
            FieldValidation fieldValidation,
            String fieldManager,
            Consumer<String> warnings) {
        this(dryRun, fieldValidation, fieldManager, warnings, Duplicates.NONE, _ -> {});
    }

    public WriteOptions with(Duplicates found) {
        return new WriteOptions(dryRun, fieldValidation, fieldManager, warnings, found, approval);
    }

    /// The same once more, when warnings were given.
    public WriteOptions silent() {
        return new WriteOptions(
                dryRun, fieldValidation, fieldManager, _ -> {}, duplicates, approval);
    }

    public WriteOptions approvedBy(Consumer<ObjectNode> judge) {
        return new WriteOptions(dryRun, fieldValidation, fieldManager, warnings, duplicates, judge);
    }

    /// For writers in process, whose bodies come out of the typed model.
    public static final WriteOptions PLAIN =
            new WriteOptions(false, FieldValidation.IGNORE, "", _ -> {});

    /// For writers in process that change what others may have written.
    public static final WriteOptions NAMED =
            new WriteOptions(false, FieldValidation.IGNORE, "flotilla", _ -> {});

    /// Refuses unknown fields.
    public static final WriteOptions STRICT =
            new WriteOptions(false, FieldValidation.STRICT, "flotilla", _ -> {});
}

package dev.flotilla.registry;

import dev.flotilla.registry.tree.Duplicates;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.function.Consumer;

/// How a write is to be done.
///
/// @param dryRun everything but the write itself
/// @param fieldManager who writes; empty for a writer of this process that leaves no trace in
///   `metadata.managedFields`
/// @param warnings takes each warning for the client
/// @param duplicates what the body gave twice
/// @param approval is asked before the write
public record WriteOptions(
        boolean dryRun,
        FieldValidation fieldValidation,
        String fieldManager,
        Consumer<String> warnings,
        Duplicates duplicates,
        Approval approval) {

    /// Looks at an object as it is to be written, and may throw.
    @FunctionalInterface
    public interface Approval {
        /// @param before null for a new one
        void look(@Nullable ObjectNode before, ObjectNode next);
    }

    /// With no field given twice, or without knowing.
    public WriteOptions(
            boolean dryRun,
            FieldValidation fieldValidation,
            String fieldManager,
            Consumer<String> warnings) {
        this(dryRun, fieldValidation, fieldManager, warnings, Duplicates.NONE, (_, _) -> {});
    }

    public WriteOptions with(Duplicates found) {
        return new WriteOptions(dryRun, fieldValidation, fieldManager, warnings, found, approval);
    }

    /// The same once more, when warnings were given.
    public WriteOptions silent() {
        return new WriteOptions(
                dryRun, fieldValidation, fieldManager, _ -> {}, duplicates, approval);
    }

    public WriteOptions approvedBy(Approval judge) {
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

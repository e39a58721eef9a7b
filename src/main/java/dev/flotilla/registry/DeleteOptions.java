package dev.flotilla.registry;

import org.jspecify.annotations.Nullable;

/// How an object is to be deleted.
///
/// @param graceSeconds null takes the object's own
/// @param uid that the object must have, or null
/// @param resourceVersion that the object must have, or null
/// @param propagation what becomes of the objects it owns, or null for the kind's own way
public record DeleteOptions(
        boolean dryRun,
        @Nullable Long graceSeconds,
        @Nullable String uid,
        @Nullable String resourceVersion,
        @Nullable Propagation propagation) {

    /// The kind's own way, with no precondition.
    public static final DeleteOptions PLAIN = new DeleteOptions(false, null, null, null, null);

    /// The same, whatever revision the object has.
    public DeleteOptions ofAnyRevision() {
        return new DeleteOptions(dryRun, graceSeconds, uid, null, propagation);
    }

    /// What becomes of the objects that the deleted one owns.
    public enum Propagation {
        /// They lose their owner and stay.
        ORPHAN,
        /// They are deleted after it.
        BACKGROUND,
        /// They are deleted before it.
        FOREGROUND
    }
}

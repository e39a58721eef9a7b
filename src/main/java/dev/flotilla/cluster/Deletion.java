package dev.flotilla.cluster;

import org.jspecify.annotations.Nullable;

/// How to delete. The object's uid always has to match; its revision only if `unchanged`.
///
/// @param graceSeconds time for a pod to stop; null takes the pod's own
/// @param owned what becomes of the objects it owns; null for the kind's own way
public record Deletion(boolean unchanged, @Nullable Long graceSeconds, @Nullable Owned owned) {
    /// Whatever happened to it meanwhile, with its own grace.
    public static final Deletion GRACEFUL = new Deletion(false, null);

    /// Gone at once; what the node calls when the containers are gone.
    public static final Deletion NOW = new Deletion(false, 0L);

    /// In the kind's own way with what the object owns.
    public Deletion(boolean unchanged, @Nullable Long graceSeconds) {
        this(unchanged, graceSeconds, null);
    }

    /// What becomes of the objects that the deleted one owns.
    public enum Owned {
        /// They lose their owner and stay.
        ORPHAN,
        /// They are deleted after it.
        BACKGROUND,
        /// They are deleted before it.
        FOREGROUND
    }
}

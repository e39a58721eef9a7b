package dev.flotilla.cluster;

import org.jspecify.annotations.Nullable;

/// How to delete. The object's uid always has to match; its revision only if `unchanged`.
///
/// @param graceSeconds time for a pod to stop; null takes the pod's own
public record Deletion(boolean unchanged, @Nullable Long graceSeconds) {
    /// Whatever happened to it meanwhile, with its own grace.
    public static final Deletion GRACEFUL = new Deletion(false, null);

    /// Gone at once; what the node calls when the containers are gone.
    public static final Deletion NOW = new Deletion(false, 0L);
}

package dev.flotilla.node.plan;

import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.function.Supplier;

/// What a pod's volumes should hold now, as far as it can be told.
///
/// @param digest of it; empty for a pod with no volumes
/// @param missing what is not there yet, in a sentence
/// @param renewal when something of it is to be replaced, null for never
public record Wanted(String digest, @Nullable String missing, @Nullable Instant renewal) {
    /// A pod with nothing of its own on the node's disk.
    public static final Wanted NOTHING = new Wanted("", null, null);

    /// @param volumes may throw [Environment.Missing]
    public static Wanted of(Pod pod, Supplier<Volumes> volumes) {
        if (!Volumes.any(pod)) {
            return NOTHING;
        }
        try {
            var all = volumes.get();
            return new Wanted(all.digest(), null, all.renewal());
        } catch (Environment.Missing e) {
            return new Wanted("", String.valueOf(e.getMessage()), null);
        }
    }
}

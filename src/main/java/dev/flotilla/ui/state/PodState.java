package dev.flotilla.ui.state;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.model.Resources;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A Pod as the window shows it.
///
/// @param app what owns it in the end: its Deployment, else its direct owner, else itself
/// @param appKind the owner's kind, `Pod` for a pod that nothing owns
/// @param shortId tells it from its siblings, in at most 9 characters
/// @param node null while unscheduled
/// @param status kubectl's word: `Running`, `ContainerCreating`, `CrashLoopBackOff`, …
/// @param message why it is so, as the cluster says; may be empty
/// @param movingTo the node it was asked to move to
/// @param replaces uid of the pod whose move it completes
/// @param use null until measured
public record PodState(
        String uid,
        ObjectKey key,
        ObjectKey app,
        String appKind,
        String shortId,
        @Nullable String node,
        Look look,
        String status,
        String message,
        int restarts,
        Resources requests,
        Resources limits,
        String image,
        String ip,
        Instant created,
        @Nullable String movingTo,
        @Nullable String replaces,
        @Nullable Use use) {
    /// How it is drawn.
    public enum Look {
        /// Unscheduled, pulling, starting: dashed.
        STARTING,
        /// Filled.
        READY,
        /// Runs, not Ready: dashed amber.
        NOT_READY,
        SUCCEEDED,
        FAILED,
        /// Being deleted: hatched.
        TERMINATING,
        /// Its node does not answer: hatched.
        LOST
    }

    /// @return 0 to 1: CPU in use of its limit, else of its request, else of one core; 0 while not
    ///   measured
    public double load() {
        if (use == null) {
            return 0;
        }
        long of = limits.cpuMillis() > 0 ? limits.cpuMillis() : requests.cpuMillis();
        return Math.clamp((double) use.cpuMillis() / (of > 0 ? of : 1000), 0, 1);
    }

    /// Whether it still counts among what runs or shall run.
    public boolean counts() {
        return look != Look.SUCCEEDED && look != Look.FAILED && look != Look.TERMINATING;
    }
}

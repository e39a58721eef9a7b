package dev.flotilla.ui.state;

import dev.flotilla.model.Resources;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// A Node as the window shows it.
///
/// @param address its InternalIP, or empty
/// @param message of its Ready condition
/// @param runtime the value of [dev.flotilla.model.Marks#RUNTIME], or the container runtime's
///   version on a plain Kubernetes node
/// @param requested what its unfinished pods request, summed
/// @param use null until measured
public record NodeState(
        String name,
        String address,
        Ready ready,
        String message,
        boolean cordoned,
        Resources allocatable,
        Resources requested,
        List<String> taints,
        String runtime,
        Instant created,
        @Nullable Use use) {
    /// Its Ready condition.
    public enum Ready {
        READY,
        NOT_READY,
        UNKNOWN
    }

    /// @return 0 to 1, the share of allocatable CPU in use; -1 while not measured
    public double cpuShare() {
        return use == null ? -1 : share(use.cpuMillis(), allocatable.cpuMillis());
    }

    /// @return 0 to 1, the share of allocatable memory in use; -1 while not measured
    public double memoryShare() {
        return use == null ? -1 : share(use.memoryBytes(), allocatable.memoryBytes());
    }

    private static double share(long part, long whole) {
        return whole <= 0 ? 0 : Math.clamp((double) part / whole, 0, 1);
    }
}

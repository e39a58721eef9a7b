package dev.flotilla.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a node and its pods used lately.
///
/// @param time the end of the window
/// @param window over which CPU is averaged
/// @param cpuMillis thousandths of one core, all cores summed
/// @param memoryBytes the working set
public record NodeUse(
        String node,
        Instant time,
        Duration window,
        long cpuMillis,
        long memoryBytes,
        List<PodUse> pods) {

    /// The use of one pod.
    public record PodUse(ObjectKey pod, List<ContainerUse> containers) {}

    /// The use of one container of a pod.
    ///
    /// @param name as the pod's spec calls it
    public record ContainerUse(String name, long cpuMillis, long memoryBytes) {}
}

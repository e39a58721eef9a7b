package dev.flotilla.node;

import java.time.Instant;
import java.util.Map;

/// The use of a node and its containers at one moment. CPU is a counter: two samples make a rate.
///
/// @param nodeCpuNanos CPU time used by the whole node since it booted, all cores summed
/// @param containers by container id
/// @param supply what the node has left
public record Sample(
        Instant time,
        long nodeCpuNanos,
        long nodeMemoryBytes,
        Map<String, Usage> containers,
        Supply supply) {

    /// The use of one container.
    ///
    /// @param cpuNanos CPU time since the container started
    /// @param memoryBytes the working set: usage without inactive file cache
    public record Usage(long cpuNanos, long memoryBytes, long rxBytes, long txBytes) {}
}

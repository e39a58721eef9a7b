package dev.flotilla.metrics;

import java.time.Instant;

/// The use of a node or a pod at one time.
///
/// @param cpuMillis thousandths of one core
public record Point(Instant time, long cpuMillis, long memoryBytes) {}

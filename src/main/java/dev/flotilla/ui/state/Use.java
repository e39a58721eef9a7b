package dev.flotilla.ui.state;

import java.time.Instant;

/// What a node or pod used lately.
///
/// @param time end of the window it was measured over
/// @param cpuMillis thousandths of one core
public record Use(Instant time, long cpuMillis, long memoryBytes) {
    /// Both summed; the later time.
    public Use plus(Use other) {
        return new Use(
                time.isAfter(other.time) ? time : other.time,
                cpuMillis + other.cpuMillis,
                memoryBytes + other.memoryBytes);
    }
}

package dev.flotilla.node.memory;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// How one run of a container ended.
///
/// @param started null if nobody saw the run begin
public record Ending(
        String containerId,
        int exitCode,
        boolean outOfMemory,
        @Nullable Instant started,
        Instant finished) {
    /// An engine's event and its later answer differ by this much about the same moment.
    private static final Duration SAME = Duration.ofMillis(100);

    /// A run of this length is not part of a crash loop: an engine's pause is short after it.
    private static final Duration GOOD_RUN = Duration.ofSeconds(10);

    /// Kubernetes' word for it.
    public String reason() {
        return outOfMemory ? "OOMKilled" : exitCode == 0 ? "Completed" : "Error";
    }

    boolean sameAs(Ending other) {
        return containerId.equals(other.containerId)
                && Duration.between(finished, other.finished).abs().compareTo(SAME) < 0;
    }

    /// Whether the run was long enough to be no part of a crash loop.
    public boolean afterGoodRun() {
        return started != null && Duration.between(started, finished).compareTo(GOOD_RUN) >= 0;
    }
}

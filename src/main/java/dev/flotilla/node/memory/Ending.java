package dev.flotilla.node.memory;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// How one run of a container ended.
///
/// @param started null if nobody saw the run begin
/// @param words what the container left to be told of it, null as long as nobody looked
public record Ending(
        String containerId,
        int exitCode,
        boolean outOfMemory,
        @Nullable Instant started,
        Instant finished,
        @Nullable String words) {
    /// An engine's event and its later answer differ by this much about the same moment.
    private static final Duration SAME = Duration.ofMillis(100);

    /// A run of this length is not part of a crash loop: an engine's pause is short after it.
    private static final Duration GOOD_RUN = Duration.ofSeconds(10);

    /// Of which nobody looked yet what was left.
    public Ending(
            String containerId,
            int exitCode,
            boolean outOfMemory,
            @Nullable Instant started,
            Instant finished) {
        this(containerId, exitCode, outOfMemory, started, finished, null);
    }

    /// Kubernetes' word for it.
    public String reason() {
        return outOfMemory ? "OOMKilled" : exitCode == 0 ? "Completed" : "Error";
    }

    /// What is known of the same ending from two sides.
    Ending with(Ending earlier) {
        return new Ending(
                containerId,
                exitCode,
                outOfMemory || earlier.outOfMemory,
                started == null ? earlier.started : started,
                finished,
                words == null ? earlier.words : words);
    }

    Ending saying(String text) {
        return new Ending(containerId, exitCode, outOfMemory, started, finished, text);
    }

    /// The API tells of it to the second.
    boolean sameAs(Ending other) {
        return containerId.equals(other.containerId)
                && (Duration.between(finished, other.finished).abs().compareTo(SAME) < 0
                        || ((finished.getNano() == 0 || other.finished.getNano() == 0)
                                && finished.getEpochSecond() == other.finished.getEpochSecond()));
    }

    /// Whether the run was long enough to be no part of a crash loop.
    public boolean afterGoodRun() {
        return started != null && Duration.between(started, finished).compareTo(GOOD_RUN) >= 0;
    }
}

package dev.flotilla.node.memory;

import java.time.Duration;
import java.time.Instant;

/// How long a container that the kubelet itself starts again waits before it: Kubernetes' back-off
/// of 10 s, twice that each time, up to 5 min, forgotten after 10 min without one.
///
/// @param begun when it was last made longer
public record Pause(Duration length, Instant begun) {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGOTTEN = LONGEST.multipliedBy(2);

    /// The first, for an ending after which the container starts at once.
    static Pause first(Instant now) {
        return new Pause(FIRST, now);
    }

    /// The next, after a start that followed the ending.
    Pause next(Instant ended, Instant now) {
        if (isForgotten(ended)) {
            return first(now);
        }
        var longer = length.multipliedBy(2);
        return new Pause(longer.compareTo(LONGEST) < 0 ? longer : LONGEST, now);
    }

    /// When a container that ended then may start.
    public Instant over(Instant ended) {
        return isForgotten(ended) ? ended : ended.plus(length);
    }

    /// As Go writes it, such as `1m20s`.
    public String words() {
        long seconds = length.toSeconds();
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
    }

    private boolean isForgotten(Instant ended) {
        return Duration.between(begun, ended).compareTo(FORGOTTEN) > 0;
    }
}

package dev.flotilla.node;

import java.time.Duration;
import java.time.Instant;

/// Whether a node answers. A round trip is tried twice a second; a node is silent when none came
/// back for two seconds, or for longer where round trips take longer. Guarded by its own monitor.
///
/// The estimate of the round trip is TCP's (RFC 6298).
final class Heart {
    static final Duration BEAT = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(16);

    /// Beats that may wait for an answer at the same time: a later one may get through.
    private static final int IN_FLIGHT = 4;

    private Instant lastAnswer;
    private Instant nextBeat;
    private int inFlight;
    private double meanNanos;
    private double spreadNanos;

    Heart(Instant now) {
        lastAnswer = now;
        nextBeat = now;
    }

    /// Whether to try a round trip now; the caller does, and says how it went.
    synchronized boolean beats(Instant now) {
        if (now.isBefore(nextBeat) || inFlight >= IN_FLIGHT) {
            return false;
        }
        nextBeat = now.plus(BEAT);
        inFlight++;
        return true;
    }

    synchronized void answered(Instant sent, Instant now) {
        inFlight--;
        double took = Duration.between(sent, now).toNanos();
        if (meanNanos == 0) {
            meanNanos = took;
            spreadNanos = took / 2;
        } else {
            spreadNanos += (Math.abs(took - meanNanos) - spreadNanos) / 4;
            meanNanos += (took - meanNanos) / 8;
        }
        if (now.isAfter(lastAnswer)) {
            lastAnswer = now;
        }
    }

    synchronized void missed() {
        inFlight--;
    }

    synchronized boolean silent(Instant now) {
        return Duration.between(lastAnswer, now).compareTo(patience()) > 0;
    }

    /// We were away ourselves: nothing is judged by that time.
    synchronized void awayUntil(Instant now) {
        lastAnswer = now;
    }

    private Duration patience() {
        var measured =
                Duration.ofNanos((long) (4 * (meanNanos + 4 * spreadNanos)))
                        .plus(BEAT.multipliedBy(2));
        var least = measured.compareTo(PATIENCE) < 0 ? PATIENCE : measured;
        return least.compareTo(MOST_PATIENCE) < 0 ? least : MOST_PATIENCE;
    }
}

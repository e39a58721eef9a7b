package dev.flotilla.node.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Whether a node answers. A round trip is tried twice a second; a node is silent when none came
/// back for two seconds, or for longer where round trips take longer. Guarded by its own monitor.
///
/// Only time in which the master itself was awake counts, and only round trips that were really
/// begun: a master that was asleep, or short of CPU, does not take its own silence for a node's.
/// The estimate of the round trip is TCP's (RFC 6298).
public final class Heart {
    static final Duration BEAT = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(16);

    /// What one look may add to a silence, however long ago the last look was.
    private static final Duration LONGEST_LOOK = Duration.ofMillis(500);

    /// A round trip that takes longer counts as missed for now.
    private static final Duration OVERDUE = Duration.ofSeconds(1);

    private static final int MISSES = 2;

    /// Beats that may wait for an answer at the same time: a later one may get through.
    private static final int IN_FLIGHT = 4;

    private final List<Instant> open = new ArrayList<>();
    private Instant nextBeat;
    private Instant lastLook;
    private Duration silence = Duration.ZERO;
    private int asked;
    private int missed;
    private double meanNanos;
    private double spreadNanos;

    /// @param now when looking begins; nothing is held against the node for what was before
    public Heart(Instant now) {
        nextBeat = now;
        lastLook = now;
    }

    /// Whether to try a round trip now. Whoever does calls [#begun] first, then [#answered] or
    /// [#missed].
    public synchronized boolean beats(Instant now) {
        if (now.isBefore(nextBeat) || asked >= IN_FLIGHT) {
            return false;
        }
        nextBeat = now.plus(BEAT);
        asked++;
        return true;
    }

    /// A round trip goes out.
    public synchronized void begun(Instant at) {
        open.add(at);
    }

    /// It came back.
    ///
    /// @param begun as told to [#begun]
    public synchronized void answered(Instant begun, Instant now) {
        end(begun);
        missed = 0;
        silence = Duration.ZERO;
        double took = Duration.between(begun, now).toNanos();
        if (meanNanos == 0) {
            meanNanos = took;
            spreadNanos = took / 2;
        } else {
            spreadNanos += (Math.abs(took - meanNanos) - spreadNanos) / 4;
            meanNanos += (took - meanNanos) / 8;
        }
    }

    /// It failed, or took too long.
    ///
    /// @param begun as told to [#begun]
    public synchronized void missed(Instant begun) {
        end(begun);
        missed++;
    }

    /// One look: adds to the silence the time since the last one.
    public synchronized boolean silent(Instant now) {
        var look = Duration.between(lastLook, now);
        lastLook = now;
        silence = silence.plus(look.compareTo(LONGEST_LOOK) < 0 ? look : LONGEST_LOOK);
        long overdue = open.stream().filter(at -> !now.isBefore(at.plus(OVERDUE))).count();
        return silence.compareTo(patience()) > 0 && missed + overdue >= MISSES;
    }

    private void end(Instant begun) {
        open.remove(begun);
        asked--;
    }

    private Duration patience() {
        var measured =
                Duration.ofNanos((long) (4 * (meanNanos + 4 * spreadNanos)))
                        .plus(BEAT.multipliedBy(2));
        var least = measured.compareTo(PATIENCE) < 0 ? PATIENCE : measured;
        return least.compareTo(MOST_PATIENCE) < 0 ? least : MOST_PATIENCE;
    }
}

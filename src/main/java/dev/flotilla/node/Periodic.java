package dev.flotilla.node;

import java.time.Duration;
import java.time.Instant;

/// Something that is done every so often, never twice at the same time. Guarded by its own monitor.
final class Periodic {
    private final Duration period;
    private Instant due;
    private boolean inWork;

    Periodic(Duration period, Instant first) {
        this.period = period;
        this.due = first;
    }

    /// Whether to do it now; the caller says when it is done.
    synchronized boolean begin(Instant now) {
        if (inWork || now.isBefore(due)) {
            return false;
        }
        inWork = true;
        due = now.plus(period);
        return true;
    }

    synchronized void done() {
        inWork = false;
    }

    synchronized void soon(Instant now) {
        due = now;
    }
}

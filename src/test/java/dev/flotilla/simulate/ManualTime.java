package dev.flotilla.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/// A clock that a test turns. A pause costs no time, and what was put off happens when the clock
/// gets there.
public final class ManualTime implements SimulatedTime {
    private final PriorityQueue<Due> later =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long order;

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public void pause(Duration howLong) {}

    @Override
    public synchronized void later(Duration howLong, Runnable what) {
        later.add(new Due(now.plus(howLong), order++, what));
    }

    public void advance(Duration by) {
        var end = instant().plus(by);
        while (true) {
            Due due;
            synchronized (this) {
                due = later.peek();
                if (due == null || due.at.isAfter(end)) {
                    now = end;
                    return;
                }
                later.remove();
                now = due.at;
            }
            due.what.run();
        }
    }

    private record Due(Instant at, long order, Runnable what) {}
}

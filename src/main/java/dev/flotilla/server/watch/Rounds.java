package dev.flotilla.server.watch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Wakes all watches together: at once after a commit that comes out of silence, and then not again
/// for a breath. What comes meanwhile goes out in one piece, since waking up and sending cost a
/// watch far more than one more event.
final class Rounds implements AutoCloseable {
    private static final long BREATH_NANOS = 5_000_000;

    /// How exactly waiters are held to the time that they named.
    private static final long TICK_NANOS = 50_000_000;

    private final Set<Bell> bells = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Rounds() {
        Thread.ofVirtual().name("watch-times").start(this::tick);
    }

    void add(Bell bell) {
        bells.add(bell);
    }

    void remove(Bell bell) {
        bells.remove(bell);
    }

    int size() {
        return bells.size();
    }

    /// Called after each commit or some commits together, never by two threads at once.
    void begin() {
        ringAll();
        LockSupport.parkNanos(BREATH_NANOS);
    }

    private void ringAll() {
        bells.forEach(Bell::ring);
    }

    private void tick() {
        while (!closed) {
            LockSupport.parkNanos(TICK_NANOS);
            long now = System.nanoTime();
            bells.forEach(bell -> bell.ringIfDue(now));
        }
    }

    /// Wakes all a last time.
    @Override
    public void close() {
        closed = true;
        ringAll();
    }
}

package dev.flotilla.server.watch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes one waiter. A ring while nobody waits is kept for the next wait.
final class Bell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ring = lock.newCondition();
    private boolean rung;

    void ring() {
        lock.lock();
        try {
            if (!rung) {
                rung = true;
                ring.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Returns at the next ring, or when the time is over.
    void await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            for (var left = nanos; !rung && left > 0; ) {
                left = ring.awaitNanos(left);
            }
            rung = false;
        } finally {
            lock.unlock();
        }
    }

    static long nanos(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}

package dev.flotilla.server.watch;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Wakes one waiter. A ring while nobody waits is kept for the next wait.
///
/// A waiter names a time but sets no timer: whoever rings the bells looks now and then which are
/// due. With hundreds of watches that wait hundreds of times a second, timers would cost the most.
final class Bell {
    private final AtomicBoolean rung = new AtomicBoolean();
    private volatile @Nullable Thread waiter;
    private volatile long due;

    void ring() {
        if (!rung.getAndSet(true)) {
            LockSupport.unpark(waiter);
        }
    }

    /// Rings if its waiter's time is over.
    ///
    /// @param now in [System#nanoTime]
    void ringIfDue(long now) {
        if (waiter != null && due - now <= 0) {
            ring();
        }
    }

    /// Returns at the next ring.
    ///
    /// @param until when it is to ring at the latest, in [System#nanoTime]
    void await(long until) throws InterruptedException {
        waiter = Thread.currentThread();
        due = until;
        while (!rung.get()) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        rung.set(false);
    }

    static long nanos(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}

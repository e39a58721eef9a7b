package dev.flotilla.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The clock that simulated machines live by, so that a test can turn it by hand.
public interface SimulatedTime extends InstantSource {
    /// Lets the caller wait, as for an engine that takes its time.
    void pause(Duration howLong);

    /// Runs something short after a while.
    void later(Duration howLong, Runnable what);

    /// Time that passes by itself.
    ///
    /// @param timer stays the caller's; after its shutdown nothing happens any more
    static SimulatedTime passing(InstantSource clock, ScheduledExecutorService timer) {
        return new SimulatedTime() {
            @Override
            public Instant instant() {
                return clock.instant();
            }

            @Override
            public void pause(Duration howLong) {
                try {
                    // Nobody counts it down: a wait that a closing executor can interrupt.
                    var _ = new CountDownLatch(1).await(howLong.toNanos(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void later(Duration howLong, Runnable what) {
                if (!timer.isShutdown()) {
                    var _ = timer.schedule(what, howLong.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        };
    }
}

package dev.flotilla.lab;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waiting for what a test expects to come true. At most half of the time is spent looking, for a
/// look may be a process.
public final class Until {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Until() {}

    /// Looks until what is seen is good; what was seen then.
    ///
    /// @throws AssertionError with what was last seen, after `limit`
    public static <T> T seen(
            String what, Duration limit, Supplier<? extends T> look, Predicate<? super T> good) {
        var end = System.nanoTime() + limit.toNanos();
        while (true) {
            var began = System.nanoTime();
            T last = look.get();
            if (good.test(last)) {
                return last;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "%s: not within %s. Last seen:%n%s".formatted(what, limit, last));
            }
            LockSupport.parkNanos(Math.max(PAUSE.toNanos(), System.nanoTime() - began));
        }
    }
}

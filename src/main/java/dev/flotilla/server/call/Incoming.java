package dev.flotilla.server.call;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/// A request whose body must have come within a time. After that what waits for it fails with a
/// [TimeoutException], so that no client can hold a thread by sending nothing.
public final class Incoming extends Request.Wrapper {
    private final Scheduler timers;
    private final long end;
    private final AtomicReference<@Nullable Runnable> waiting = new AtomicReference<>();
    private volatile boolean begun;
    private volatile boolean late;

    /// @param within from now on
    public Incoming(Request request, Scheduler timers, Duration within) {
        super(request);
        this.timers = timers;
        end = System.nanoTime() + within.toNanos();
    }

    /// Whether any of the body was asked for.
    boolean begun() {
        return begun;
    }

    @Override
    public Content.@Nullable Chunk read() {
        begun = true;
        return late
                ? Content.Chunk.from(new TimeoutException("the body did not come in time"), true)
                : super.read();
    }

    @Override
    public void demand(Runnable then) {
        waiting.set(then);
        var timer = timers.schedule(this::expire, end - System.nanoTime(), TimeUnit.NANOSECONDS);
        super.demand(
                () -> {
                    timer.cancel();
                    wake();
                });
    }

    private void expire() {
        late = true;
        wake();
    }

    private void wake() {
        var then = waiting.getAndSet(null);
        if (then != null) {
            then.run();
        }
    }
}

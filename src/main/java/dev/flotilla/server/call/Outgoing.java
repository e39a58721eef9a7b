package dev.flotilla.server.call;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/// An answer that is given up when the client takes nothing of it for too long: the write that
/// waits fails, and the stream is ended. The others of the same connection are not disturbed.
public final class Outgoing extends Response.Wrapper {
    private final Callback whole;
    private final Scheduler timers;
    private final Duration patience;
    private volatile boolean takenOver;

    /// @param whole the end of the exchange, which is failed then
    /// @param patience how long one write may wait
    public Outgoing(
            Request request,
            Response response,
            Callback whole,
            Scheduler timers,
            Duration patience) {
        super(request, response);
        this.whole = whole;
        this.timers = timers;
        this.patience = patience;
    }

    /// Lets something else than an answer end the exchange.
    ///
    /// @param by says whether it does; to be given the end of the exchange
    public boolean takeOver(Predicate<Callback> by) {
        takenOver = by.test(whole);
        return takenOver;
    }

    /// Whether there is nothing more to be done for the exchange.
    public boolean isTakenOver() {
        return takenOver;
    }

    /// Whether it is too late for another answer.
    public boolean isBegun() {
        return takenOver || isCommitted();
    }

    /// How long a client may take nothing.
    public Duration patience() {
        return patience;
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer bytes, Callback callback) {
        var write = new Write(callback);
        super.write(last, bytes, write);
        write.watch();
    }

    private void giveUp() {
        whole.failed(
                new TimeoutException(
                        "the client took nothing for %d s".formatted(patience.toSeconds())));
    }

    /// Most end at once and need no timer.
    private final class Write extends Callback.Nested {
        private final AtomicBoolean done = new AtomicBoolean();
        private volatile Scheduler.@Nullable Task timer;

        Write(Callback callback) {
            super(callback);
        }

        void watch() {
            if (done.get()) {
                return;
            }
            timer = timers.schedule(this::expire, patience.toNanos(), TimeUnit.NANOSECONDS);
            if (done.get()) {
                cancel();
            }
        }

        private void expire() {
            if (!done.get()) {
                giveUp();
            }
        }

        private void cancel() {
            done.set(true);
            var set = timer;
            if (set != null) {
                set.cancel();
            }
        }

        @Override
        public void succeeded() {
            cancel();
            super.succeeded();
        }

        @Override
        public void failed(Throwable x) {
            cancel();
            super.failed(x);
        }
    }
}

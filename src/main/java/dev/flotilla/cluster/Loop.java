package dev.flotilla.cluster;

import dev.flotilla.model.ObjectKey;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The one reconcile loop: keys with the time they are due, and a step that takes the earliest.
///
/// Brings the informers to the present before each reconcile. A reconcile that throws or is refused
/// is retried after 100 ms, doubled each time up to a minute; any mark retries it at once. In a
/// simulation the test calls [#step]; otherwise [#start] does, on virtual threads.
///
/// A loop whose looks cost more the more pods there are rests after each look at a key for as long
/// as that took, at most 100 ms: while a thousand pods change, each look sees many changes.
public final class Loop implements AutoCloseable {
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_REST = Duration.ofMillis(100);

    private final String name;
    private final Reconciler reconciler;
    private final Informers informers;
    private final InstantSource time;
    private final Backoff backoff;
    private final boolean rests;

    /// Guards `agenda`, `workers` and `closed`.
    private final ReentrantLock state = new ReentrantLock();

    private final Condition changed = state.newCondition();
    private final Agenda agenda = new Agenda();
    private @Nullable ExecutorService workers;
    private boolean closed;

    public Loop(String name, Reconciler reconciler, Informers informers, InstantSource time) {
        this(name, reconciler, informers, time, false);
    }

    /// One that rests after each look, for looks at all pods of an owner.
    public static Loop resting(
            String name, Reconciler reconciler, Informers informers, InstantSource time) {
        return new Loop(name, reconciler, informers, time, true);
    }

    private Loop(
            String name,
            Reconciler reconciler,
            Informers informers,
            InstantSource time,
            boolean rests) {
        this.rests = rests;
        this.name = name;
        this.reconciler = reconciler;
        this.informers = informers;
        this.time = time;
        this.backoff = new Backoff(name);
    }

    /// Has `key` looked at now. Many marks before the next look are one look.
    public void mark(ObjectKey key) {
        markAfter(key, Duration.ZERO);
    }

    /// Has `key` looked at after `delay`, or sooner if it is marked sooner.
    public void markAfter(ObjectKey key, Duration delay) {
        var at = time.instant().plus(delay);
        state.lock();
        try {
            agenda.add(key, at);
            changed.signal();
        } finally {
            state.unlock();
        }
    }

    /// When the earliest key is due; empty when all is settled.
    public Optional<Instant> next() {
        state.lock();
        try {
            return agenda.next();
        } finally {
            state.unlock();
        }
    }

    /// Reconciles the earliest due key, if one is due.
    ///
    /// @return whether there was one
    public boolean step() {
        RuntimeException stale = null;
        try {
            informers.pump();
        } catch (RuntimeException e) {
            stale = e;
        }
        var key = take();
        if (key.isPresent()) {
            var begun = time.instant();
            var again = stale == null ? reconcile(key.get()) : failed(key.get(), stale);
            settle(key.get(), begun, again);
        }
        return key.isPresent();
    }

    /// Steps on so many virtual threads, until [#close]. A key is never in two of them at once.
    public void start(int threads) {
        var executor =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name(name + "-", 0).factory());
        state.lock();
        try {
            if (workers != null || closed) {
                throw new IllegalStateException("loop " + name + " was started before");
            }
            workers = executor;
        } finally {
            state.unlock();
        }
        for (int i = 0; i < threads; i++) {
            executor.execute(this::work);
        }
    }

    /// Waits for the reconciles in work; after five seconds it interrupts them.
    @Override
    public void close() {
        ExecutorService running;
        state.lock();
        try {
            closed = true;
            running = workers;
            changed.signalAll();
        } finally {
            state.unlock();
        }
        if (running != null) {
            end(running);
        }
    }

    private void work() {
        try {
            while (awaitDue()) {
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return false when closed
    private boolean awaitDue() throws InterruptedException {
        state.lockInterruptibly();
        try {
            while (!closed) {
                var next = agenda.next();
                if (next.isEmpty()) {
                    changed.await();
                    continue;
                }
                var wait = Duration.between(time.instant(), next.get());
                if (!wait.isPositive()) {
                    return true;
                }
                long _ = changed.awaitNanos(wait.toNanos());
            }
            return false;
        } finally {
            state.unlock();
        }
    }

    private Optional<ObjectKey> take() {
        var now = time.instant();
        state.lock();
        try {
            return agenda.take(now);
        } finally {
            state.unlock();
        }
    }

    private Optional<Duration> reconcile(ObjectKey key) {
        try {
            return switch (reconciler.reconcile(key)) {
                case Outcome.Settled _ -> {
                    backoff.succeeded(key);
                    yield Optional.empty();
                }
                case Outcome.Again(var delay) -> {
                    backoff.succeeded(key);
                    yield Optional.of(delay);
                }
                case Outcome.Refused _ -> Optional.of(backoff.refused(key));
            };
        } catch (RuntimeException e) {
            return failed(key, e);
        }
    }

    private Optional<Duration> failed(ObjectKey key, RuntimeException cause) {
        return Optional.of(backoff.failed(key, cause));
    }

    private void settle(ObjectKey key, Instant begun, Optional<Duration> again) {
        var now = time.instant();
        var at = again.map(now::plus);
        var rest = rests ? rest(Duration.between(begun, now)) : Duration.ZERO;
        state.lock();
        try {
            if (rest.isPositive()) {
                agenda.done(key, now.plus(rest));
            } else {
                agenda.done(key);
            }
            at.ifPresent(due -> agenda.add(key, due));
            changed.signal();
        } finally {
            state.unlock();
        }
    }

    private static Duration rest(Duration took) {
        return took.compareTo(LONGEST_REST) < 0 ? took : LONGEST_REST;
    }

    private static void end(ExecutorService running) {
        running.shutdown();
        try {
            if (!running.awaitTermination(PATIENCE_AT_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                running.shutdownNow();
            }
        } catch (InterruptedException e) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

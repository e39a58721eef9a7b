package dev.flotilla.store;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// The one thread that writes: takes what has queued up, makes it one durable transaction,
/// publishes it, answers. While the disk syncs, the next batch gathers.
final class Writer implements Runnable {
    /// Lists of writes in one transaction; bounds the memory of a batch and the wait of its first.
    private static final int GROUP = 512;

    private static final int IDLE_MILLIS = 100;

    private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(2 * GROUP);
    private final Log log;
    private final Keeper keeper;
    private final Wakes wakes;
    private final InstantSource time;

    /// Held by who writes without the thread.
    private final ReentrantLock turn = new ReentrantLock();

    private volatile boolean closing;

    Writer(Log log, Keeper keeper, Wakes wakes, InstantSource time) {
        this.log = log;
        this.keeper = keeper;
        this.wakes = wakes;
        this.time = time;
    }

    /// Queues a list of writes; waits while the queue is full.
    CompletableFuture<Result> submit(List<Write> writes) throws InterruptedException {
        var pending = new Pending(List.copyOf(writes), new CompletableFuture<>());
        while (!queue.offer(pending, 100, TimeUnit.MILLISECONDS)) {
            if (closing) {
                throw Failures.closed();
            }
        }
        if (closing && queue.remove(pending)) {
            throw Failures.closed();
        }
        return pending.answer();
    }

    /// Writes in the calling thread: for who lets no other thread [#run].
    Result now(List<Write> writes) {
        var pending = new Pending(List.copyOf(writes), new CompletableFuture<>());
        turn.lock();
        try {
            if (closing) {
                throw Failures.closed();
            }
            commit(List.of(pending));
        } finally {
            turn.unlock();
        }
        return pending.answer().join();
    }

    void close() {
        closing = true;
    }

    @Override
    public void run() {
        var group = new ArrayList<Pending>();
        while (!closing) {
            try {
                var first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    queue.drainTo(group, GROUP - 1);
                    commit(group);
                    group.clear();
                }
            } catch (InterruptedException e) {
                closing = true;
            }
        }
        queue.forEach(pending -> pending.answer().completeExceptionally(Failures.closed()));
    }

    private void commit(List<Pending> group) {
        var batch = new Batch(log, time.instant().truncatedTo(ChronoUnit.MILLIS));
        var answers = new ArrayList<Runnable>();
        for (var pending : group) {
            try {
                var result = batch.add(pending.writes());
                answers.add(() -> pending.answer().complete(result));
            } catch (RuntimeException | Error e) { // a Body that failed harms its own list only
                answers.add(() -> pending.answer().completeExceptionally(e));
            }
        }
        try {
            if (!batch.isEmpty()) {
                keeper.write(batch);
                log.publish(batch);
            }
            answers.forEach(Runnable::run);
        } catch (RuntimeException | Error e) { // the thread lives on: the next write may succeed
            group.forEach(pending -> pending.answer().completeExceptionally(e));
            return;
        }
        if (!batch.isEmpty()) {
            wakes.wake();
        }
    }

    private record Pending(List<Write> writes, CompletableFuture<Result> answer) {}
}

package dev.flotilla.store;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The one thread that writes: takes what has queued up, makes it one durable transaction,
/// publishes it, answers. While the disk syncs, the next batch gathers.
final class Writer implements Runnable {
    /// Lists of writes in one transaction; bounds the memory of a batch and the wait of its first.
    private static final int GROUP = 512;

    private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(2 * GROUP);
    private final Log log;
    private final InstantSource time;
    private volatile boolean closing;

    Writer(Log log, InstantSource time) {
        this.log = log;
        this.time = time;
    }

    /// Queues a list of writes; waits while the queue is full.
    CompletableFuture<Result> submit(List<Write> writes) throws InterruptedException {
        var pending = new Pending(List.copyOf(writes), new CompletableFuture<>());
        while (!queue.offer(pending, 100, TimeUnit.MILLISECONDS)) {
            if (closing) {
                throw closed();
            }
        }
        if (closing && queue.remove(pending)) {
            throw closed();
        }
        return pending.answer();
    }

    void close() {
        closing = true;
    }

    @Override
    public void run() {
        var group = new ArrayList<Pending>();
        while (!closing) {
            try {
                var first = queue.poll(100, TimeUnit.MILLISECONDS);
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
        queue.forEach(pending -> pending.answer().completeExceptionally(closed()));
    }

    private void commit(List<Pending> group) {
        var batch = log.batch(time.instant().truncatedTo(ChronoUnit.MILLIS));
        var answers = new ArrayList<Runnable>();
        for (var pending : group) {
            try {
                var result = batch.add(pending.writes());
                answers.add(() -> pending.answer().complete(result));
            } catch (RuntimeException e) { // a Body that failed harms its own list only
                answers.add(() -> pending.answer().completeExceptionally(e));
            }
        }
        try {
            log.commit(batch);
            answers.forEach(Runnable::run);
        } catch (StoreFailure e) {
            group.forEach(pending -> pending.answer().completeExceptionally(e));
        }
    }

    private static StoreFailure closed() {
        return new StoreFailure(StoreFailure.Kind.CLOSED, "the store is closed", null);
    }

    private record Pending(List<Write> writes, CompletableFuture<Result> answer) {}
}

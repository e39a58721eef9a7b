package dev.flotilla.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Entries that are durable in the journal and not yet in the database, by revision.
final class Backlog {
    private final ConcurrentSkipListMap<Long, Staged> entries = new ConcurrentSkipListMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition much = lock.newCondition();
    private final Condition little = lock.newCondition();
    private final int enough;
    private final long limit;
    private int count;
    private boolean hurried;
    private long weight;

    /// @param enough entries to be worth moving at once
    /// @param limit bytes; who writes waits while there are more
    Backlog(int enough, long limit) {
        this.enough = enough;
        this.limit = limit;
    }

    void add(Collection<Staged> batch) {
        batch.forEach(staged -> entries.put(staged.entry().revision(), staged));
        lock.lock();
        try {
            for (var staged : batch) {
                weight += staged.entry().weight();
            }
            count += batch.size();
            if (count >= enough) {
                much.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The entries up to a revision, in order.
    List<Staged> upTo(long revision) {
        return List.copyOf(entries.headMap(revision, true).values());
    }

    /// Forgets entries that the database has by now.
    void remove(List<Staged> moved) {
        moved.forEach(staged -> entries.remove(staged.entry().revision()));
        lock.lock();
        try {
            for (var staged : moved) {
                weight -= staged.entry().weight();
            }
            count -= moved.size();
            little.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Of the entries with `after < revision <= upTo`, those whose key begins with `prefix`.
    List<Entry> page(String prefix, long after, long upTo) {
        var found = new ArrayList<Entry>();
        for (var staged : entries.subMap(after, false, upTo, true).values()) {
            if (staged.entry().key().startsWith(prefix)) {
                found.add(staged.entry());
            }
        }
        return found;
    }

    /// Lets nobody wait for more from now on.
    void hurry() {
        lock.lock();
        try {
            hurried = true;
            much.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for enough entries, or as long as that.
    void awaitMuch(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (count < enough && !hurried && left > 0) {
                left = much.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits while there is too much, or as long as that.
    ///
    /// @return whether there is room
    boolean awaitRoom(long millis) throws InterruptedException {
        lock.lock();
        try {
            for (long left = TimeUnit.MILLISECONDS.toNanos(millis); weight > limit && left > 0; ) {
                left = little.awaitNanos(left);
            }
            return weight <= limit;
        } finally {
            lock.unlock();
        }
    }
}

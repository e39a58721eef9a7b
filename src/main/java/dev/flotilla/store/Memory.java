package dev.flotilla.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps every entry as long as its owner lives: for simulations, which are short and many.
final class Memory implements Keeper {
    /// Guards `entries`.
    private final ReentrantLock lock = new ReentrantLock();

    /// By revision, without a gap.
    private final List<Entry> entries = new ArrayList<>();

    private final long before;

    /// @param before the revision before the first that is kept
    Memory(long before) {
        this.before = before;
    }

    @Override
    public void write(Batch batch) {
        lock.lock();
        try {
            entries.addAll(batch.entries());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Entry> page(String prefix, long after, long upTo) {
        lock.lock();
        try {
            return entries.subList(place(after), place(upTo)).stream()
                    .filter(e -> e.key().startsWith(prefix))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private int place(long revision) {
        return (int) Math.max(0, revision - before);
    }

    @Override
    public void close() {}
}

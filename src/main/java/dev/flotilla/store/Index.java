package dev.flotilla.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The live entries by key, as of one revision. Written by the writer alone, read by everyone.
final class Index {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final TreeMap<String, Entry> live = new TreeMap<>();
    private long revision;

    /// Takes a batch over at once: a reader sees all of it or none.
    void apply(List<Entry> entries) {
        lock.writeLock().lock();
        try {
            for (var entry : entries) {
                if (entry.deleted()) {
                    live.remove(entry.key());
                } else {
                    live.put(entry.key(), entry);
                }
                revision = entry.revision();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    Optional<Entry> get(String key) {
        lock.readLock().lock();
        try {
            return Optional.ofNullable(live.get(key));
        } finally {
            lock.readLock().unlock();
        }
    }

    Snapshot list(String prefix) {
        lock.readLock().lock();
        try {
            var found = new ArrayList<Entry>();
            for (var entry : live.tailMap(prefix, true).values()) {
                if (!entry.key().startsWith(prefix)) {
                    break;
                }
                found.add(entry);
            }
            return new Snapshot(revision, List.copyOf(found));
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Sets the revision as of which this is, where it is not that of the last entry applied.
    void at(long asOf) {
        lock.writeLock().lock();
        try {
            revision = asOf;
        } finally {
            lock.writeLock().unlock();
        }
    }
}

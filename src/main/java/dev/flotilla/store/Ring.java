package dev.flotilla.store;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReferenceArray;

/// The newest entries by revision, bounded in number and weight. One writer; readers take no lock:
/// a slot that holds another revision has simply been overtaken.
final class Ring {
    private final AtomicReferenceArray<@Nullable Entry> slots;
    private final long maxWeight;
    private long oldest = 1; // the writer's: lowest revision that may still be here
    private long weight;

    /// @param size entries at most, a power of two
    /// @param maxWeight bytes at most, but for the newest entry, which always fits
    Ring(int size, long maxWeight) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("not a power of two: " + size);
        }
        slots = new AtomicReferenceArray<>(size);
        this.maxWeight = maxWeight;
    }

    void add(Entry entry) {
        weight += entry.weight();
        oldest = Math.max(oldest, entry.revision() - slots.length());
        while (oldest < entry.revision()
                && (weight > maxWeight || oldest == entry.revision() - slots.length())) {
            drop(oldest++);
        }
        slots.set(slot(entry.revision()), entry);
    }

    private void drop(long revision) {
        var entry = get(revision);
        if (entry != null) {
            weight -= entry.weight();
            slots.set(slot(revision), null);
        }
    }

    @Nullable Entry get(long revision) {
        var entry = slots.get(slot(revision));
        return entry != null && entry.revision() == revision ? entry : null;
    }

    private int slot(long revision) {
        return (int) (revision & (slots.length() - 1));
    }
}

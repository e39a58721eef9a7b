package dev.flotilla.server.watch;

import dev.flotilla.registry.ResourceWatch;
import dev.flotilla.registry.Shown;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// What watches that ask the same have in common. The first that comes for the changes after a
/// revision reads and writes them; those that come from the same revision send the same bytes. Who
/// began elsewhere or fell behind reads for itself, up to where the others are, and is one of them
/// from then on.
final class Feed {
    private static final int MOST_PARTS = 64;
    private static final int MOST_BYTES = 256 * 1024;

    private final AtomicInteger watches = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Part> newest = new ArrayDeque<>(); // the last first
    private int bytes;

    /// The next part of a watch, which is moved behind it.
    ///
    /// @param json how each of these watches shows an object
    Part next(ResourceWatch watch, Function<Shown, byte[]> json) {
        if (watches.get() == 1) {
            return Part.read(watch, Long.MAX_VALUE, json);
        }
        var part = kept(watch.position());
        if (part == null) {
            part = keep(Part.read(watch, end(watch.position()), json));
        }
        watch.seek(part.upTo());
        return part;
    }

    /// Whether the part that follows a revision is there already.
    boolean has(long after) {
        return kept(after) != null;
    }

    private @Nullable Part kept(long after) {
        lock.lock();
        try {
            return find(after);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Part find(long after) {
        for (var part : newest) {
            if (part.after() == after) {
                return part;
            }
        }
        return null;
    }

    /// Where the others are, if that lies ahead.
    private long end(long after) {
        lock.lock();
        try {
            var last = newest.peekFirst();
            return last != null && last.upTo() > after ? last.upTo() : Long.MAX_VALUE;
        } finally {
            lock.unlock();
        }
    }

    /// Two may have read at once: then the first's is everyone's, so that they stay together.
    private Part keep(Part read) {
        if (read.upTo() == read.after()) {
            return read;
        }
        lock.lock();
        try {
            var first = find(read.after());
            if (first != null) {
                return first;
            }
            var last = newest.peekFirst();
            if (last == null || read.upTo() >= last.upTo()) {
                newest.addFirst(read);
                bytes += read.shared().capacity();
                while (newest.size() > MOST_PARTS || (bytes > MOST_BYTES && newest.size() > 1)) {
                    bytes -= newest.removeLast().shared().capacity();
                }
            }
            return read;
        } finally {
            lock.unlock();
        }
    }

    /// One more of these watches; by [Feeds] alone.
    void join() {
        watches.incrementAndGet();
    }

    /// One less; by [Feeds] alone.
    ///
    /// @return whether any is left
    boolean leave() {
        int left = watches.decrementAndGet();
        if (left == 1) {
            forget();
        }
        return left > 0;
    }

    private void forget() {
        lock.lock();
        try {
            newest.clear();
            bytes = 0;
        } finally {
            lock.unlock();
        }
    }
}

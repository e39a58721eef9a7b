package dev.flotilla.server.socket;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Bytes from a thread that must not wait to one that may. Who fills it is told when it is full,
/// and when there is room again, and is to say nothing between.
public final class Pipe extends InputStream {
    /// What is kept of what the reader has not taken, about.
    private static final int MOST_BYTES = 256 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> parts = new ArrayDeque<>();
    private int taken;
    private long bytes;
    private boolean ended;
    private boolean closed;
    private @Nullable IOException failure;
    private @Nullable Runnable waiting;

    /// Takes some bytes, which must not be changed after.
    ///
    /// @param room called once there is room, if there is none
    /// @return whether there is room for more
    public boolean put(byte[] some, Runnable room) {
        lock.lock();
        try {
            if (closed || ended || failure != null) {
                return true;
            }
            if (some.length > 0) {
                parts.add(some);
                bytes += some.length;
                changed.signalAll();
            }
            if (bytes < MOST_BYTES) {
                return true;
            }
            waiting = room;
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// All has been said.
    public void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more comes, and not because all was said: a read that finds nothing throws.
    public void fail(String why) {
        lock.lock();
        try {
            if (!ended && failure == null) {
                failure = new IOException(why);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        int count;
        Runnable room;
        lock.lock();
        try {
            awaitPart();
            var part = parts.peek();
            if (part == null) {
                return -1;
            }
            count = Math.min(most, part.length - taken);
            System.arraycopy(part, taken, into, from, count);
            taken += count;
            bytes -= count;
            if (taken == part.length) {
                parts.remove();
                taken = 0;
            }
            room = bytes < MOST_BYTES / 2 ? takeWaiting() : null;
        } finally {
            lock.unlock();
        }
        if (room != null) {
            room.run();
        }
        return count;
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return (int) Math.min(bytes, Integer.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    /// Nobody reads any more: what comes is thrown away.
    @Override
    public void close() {
        Runnable room;
        lock.lock();
        try {
            closed = true;
            parts.clear();
            bytes = 0;
            taken = 0;
            room = takeWaiting();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (room != null) {
            room.run();
        }
    }

    private @Nullable Runnable takeWaiting() {
        var room = waiting;
        waiting = null;
        return room;
    }

    private void awaitPart() throws IOException {
        try {
            while (parts.isEmpty() && !ended && !closed) {
                if (failure != null) {
                    throw new IOException(failure.getMessage(), failure);
                }
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading");
        }
    }
}

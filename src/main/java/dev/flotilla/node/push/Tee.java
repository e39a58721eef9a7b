package dev.flotilla.node.push;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// One stream that several read, each at its own pace, but none far ahead of the slowest. Whoever
/// closes its branch is waited for no more.
final class Tee {
    private static final int AT_ONCE = 128 << 10;

    /// So many pieces may wait for the slowest reader.
    private static final int ROOM = 32;

    private final InputStream from;
    private final List<Branch> branches;

    Tee(InputStream from, int readers) {
        this.from = from;
        this.branches = IntStream.range(0, readers).mapToObj(_ -> new Branch()).toList();
    }

    /// What one of the readers reads; [#run] fills it.
    InputStream branch(int reader) {
        return branches.get(reader);
    }

    /// Reads to the end, or until nobody is left. A failure is told to all who read.
    void run() {
        try {
            var buffer = new byte[AT_ONCE];
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                var piece = Arrays.copyOf(buffer, n);
                boolean wanted = false;
                for (var branch : branches) {
                    wanted |= branch.put(piece);
                }
                if (!wanted) {
                    return;
                }
            }
            branches.forEach(b -> b.end(null));
        } catch (IOException e) {
            branches.forEach(b -> b.end(e));
        } catch (RuntimeException e) {
            branches.forEach(b -> b.end(new IOException(e.getMessage(), e)));
        }
    }

    /// Guarded by its own monitor.
    private static final class Branch extends InputStream {
        private final Deque<byte[]> pieces = new ArrayDeque<>();
        private int at;
        private boolean ended;
        private boolean closed;
        private @Nullable IOException failure;

        /// @return false if nobody reads any more
        synchronized boolean put(byte[] piece) throws InterruptedIOException {
            awaitNo(() -> pieces.size() >= ROOM && !closed);
            if (!closed) {
                pieces.add(piece);
                notifyAll();
            }
            return !closed;
        }

        synchronized void end(@Nullable IOException why) {
            ended = true;
            failure = why;
            notifyAll();
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public synchronized int read(byte[] buffer, int from, int length) throws IOException {
            awaitNo(() -> pieces.isEmpty() && !ended && !closed);
            if (closed) {
                throw new IOException("closed");
            }
            var piece = pieces.peek();
            if (piece == null) {
                if (failure != null) {
                    throw new IOException(failure.getMessage(), failure);
                }
                return -1;
            }
            int n = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, buffer, from, n);
            at += n;
            if (at == piece.length) {
                pieces.remove();
                at = 0;
                notifyAll();
            }
            return n;
        }

        @Override
        public synchronized void close() {
            closed = true;
            pieces.clear();
            notifyAll();
        }

        private synchronized void awaitNo(BooleanSupplier longer) throws InterruptedIOException {
            try {
                while (longer.getAsBoolean()) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }
}

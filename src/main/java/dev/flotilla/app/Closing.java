package dev.flotilla.app;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;

/// What has to be closed, last opened first. One that fails to close does not keep the others open.
final class Closing implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    /// @throws CancellationException if all is closed already; the part then is, too
    <T extends AutoCloseable> T add(T part) {
        synchronized (this) {
            if (!closed) {
                open.push(part);
                return part;
            }
        }
        close(part);
        throw new CancellationException("closed while it started");
    }

    @Override
    public void close() {
        for (var part = next(); part != null; part = next()) {
            close(part);
        }
    }

    private synchronized @Nullable AutoCloseable next() {
        closed = true;
        return open.poll();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(Closing.class)
                    .warn("{} did not close: {}", part.getClass().getSimpleName(), e.toString());
        }
    }
}

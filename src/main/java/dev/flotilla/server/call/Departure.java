package dev.flotilla.server.call;

import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.ReentrantLock;

/// Notices that a client leaves to whom nothing is being sent. HTTP/2 tells by itself; a connection
/// of HTTP/1.1 has to be read, and who closes his half of it is gone, as in Kubernetes. What comes
/// early, of the next request, is kept for it.
public final class Departure implements AutoCloseable {
    /// Who sends more than this before he has his answer is not listened to any longer.
    private static final int EARLY_BYTES = 4096;

    private final Runnable then;
    private final ByteBuffer early = BufferUtil.allocate(EARLY_BYTES);
    private final Callback readable = Callback.from(this::read, _ -> leave());
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable AbstractEndPoint end;
    private Connection.@Nullable UpgradeTo connection;

    private Departure(Runnable then) {
        this.then = then;
    }

    /// Looks out until it is closed, which must be before the answer's end, by the thread that
    /// serves the request.
    ///
    /// @param then may be called more than once, by any thread
    public static Departure of(Request request, Runnable then) throws IOException {
        var departure = new Departure(then);
        request.addFailureListener(_ -> then.run());
        var at = request.getConnectionMetaData();
        if (at.getHttpVersion() != HttpVersion.HTTP_2
                && at.getConnection() instanceof Connection.UpgradeTo connection
                && at.getConnection().getEndPoint() instanceof AbstractEndPoint end
                && Leftovers.read(request)
                && !isFollowed(connection)) {
            departure.listen(connection, end);
        }
        return departure;
    }

    /// Whether the next request is here already.
    private static boolean isFollowed(Connection.UpgradeTo connection) {
        var next = connection instanceof Connection.UpgradeFrom from ? from.onUpgradeFrom() : null;
        if (next != null) {
            connection.onUpgradeTo(next);
        }
        return next != null;
    }

    private void listen(Connection.UpgradeTo connection, AbstractEndPoint end) {
        lock.lock();
        try {
            this.connection = connection;
            this.end = end;
            boolean _ = end.tryFillInterested(readable);
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        if (isAtEnd()) {
            then.run();
        }
    }

    private boolean isAtEnd() {
        lock.lock();
        try {
            if (end == null) {
                return false;
            }
            var came = end.fill(early);
            if (came >= 0 && BufferUtil.space(early) > 0) {
                boolean _ = end.tryFillInterested(readable);
            }
            return came < 0;
        } catch (IOException e) {
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        if (isOpen()) {
            then.run();
        }
    }

    private boolean isOpen() {
        lock.lock();
        try {
            return end != null;
        } finally {
            lock.unlock();
        }
    }

    /// Leaves the connection as a request finds it.
    @Override
    public void close() {
        lock.lock();
        try {
            var was = end;
            end = null;
            if (was != null) {
                boolean _ = was.getFillInterest().onFail(new ClosedChannelException());
            }
            if (connection != null && early.hasRemaining()) {
                connection.onUpgradeTo(early);
            }
            connection = null;
        } finally {
            lock.unlock();
        }
    }
}

package dev.flotilla.server.socket;

import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Refusal;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A WebSocket on which the server speaks, by the thread that serves the request. What the client
/// says is not listened to, but for pings and its leaving.
public final class Socket implements AutoCloseable {
    private final Session session;
    private final Ears ears;
    private final Duration patience;

    private Socket(Session session, Ears ears, Duration patience) {
        this.session = session;
        this.ears = ears;
        this.patience = patience;
    }

    /// Lets the server's requests become WebSockets; to be called before it starts.
    public static void allow(Server server) {
        ServerWebSocketContainer.ensure(server).setIdleTimeout(Duration.ZERO);
    }

    /// Whether that is what the client asks for. Such a request must not be served by the thread
    /// that it came in, for the connection changes only when that one is done.
    public static boolean isWanted(Request request) {
        var headers = request.getHeaders();
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                && request.getMethod().equals("GET")
                && headers.contains(HttpHeader.UPGRADE, "websocket")
                && headers.contains(HttpHeader.CONNECTION, "upgrade");
    }

    /// Makes the request's connection one.
    ///
    /// @param gone called when the client leaves
    /// @throws Refusal 400 if the client does not ask for it as it should
    public static Socket open(Call call, Runnable gone) throws IOException {
        var ears = new Ears(gone);
        var patience =
                Handshake.make(call, ears, offered -> Protocols.chosen(offered).orElse(""))
                        .patience();
        return new Socket(wait(ears.opened, patience), ears, patience);
    }

    /// Says a message, and waits until it is on its way.
    ///
    /// @throws IOException if the client takes nothing for too long; it is cut off then
    public void text(String message) throws IOException {
        var sent = new Callback.Completable();
        session.sendText(message, sent);
        try {
            var _ = wait(sent, patience);
        } catch (IOException e) {
            session.disconnect();
            throw e;
        }
    }

    /// Says that this was all, and waits for the client to hear it.
    public void end() throws IOException {
        session.close(StatusCode.NORMAL, null, Callback.NOOP);
        var _ = wait(ears.closed, patience);
    }

    /// Cuts the client off, unless it is gone. Who said farewell gets the answer to it first.
    @Override
    public void close() {
        if (ears.farewell) {
            CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(session::disconnect);
        } else {
            session.disconnect();
        }
    }

    static <T extends @Nullable Object> T wait(Future<T> future, Duration most) throws IOException {
        try {
            return future.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a WebSocket was written", e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "the client took nothing for %d s".formatted(most.toSeconds()), e);
        } catch (ExecutionException e) {
            throw new IOException("the WebSocket failed: " + e.getCause(), e);
        }
    }

    /// What comes from the client.
    public static final class Ears extends Session.Listener.AbstractAutoDemanding {
        private final Runnable gone;
        private final CompletableFuture<Session> opened = new CompletableFuture<>();
        private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
        private volatile boolean farewell;

        private Ears(Runnable gone) {
            this.gone = gone;
        }

        @Override
        public void onWebSocketOpen(Session session) {
            super.onWebSocketOpen(session);
            opened.complete(session);
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            opened.completeExceptionally(cause);
            leave();
        }

        @Override
        public void onWebSocketClose(int code, @Nullable String reason, Callback done) {
            // The answer to his farewell first: who is told that he left may cut the line.
            farewell = code != StatusCode.NO_CLOSE;
            done.succeed();
            leave();
        }

        private void leave() {
            closed.complete(true);
            gone.run();
        }
    }
}

package dev.flotilla.server.socket;

import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Refusal;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// A WebSocket on which both sides speak. What the client says is taken from the network only as
/// fast as it is used.
public final class TwoWay implements AutoCloseable {
    /// Who is gone without a word is noticed when this can't be written any more.
    private static final Duration BEAT = Duration.ofSeconds(30);

    /// How long a client may take to hear that this was all.
    private static final Duration PARTING = Duration.ofSeconds(10);

    private final Session session;
    private final Ears ears;
    private final Scheduler timers;

    private TwoWay(Session session, Ears ears, Scheduler timers) {
        this.session = session;
        this.ears = ears;
        this.timers = timers;
    }

    /// Who listens to the client, in threads of the server that must not wait.
    public interface Ear {
        /// A part of a message.
        ///
        /// @param last of its message
        /// @param room to be called once there is room for more, if there is none
        /// @return whether there is
        boolean hear(byte[] part, boolean last, Runnable room);

        /// The client is gone.
        void gone();
    }

    /// Of the subprotocols that a client offers the first that is supported.
    ///
    /// @param supported empty text among them for a client that offers none
    /// @return empty text if it offers none
    /// @throws Refusal 403 if there is none
    public static String protocol(Call call, List<String> supported) {
        var offered =
                call
                        .request()
                        .getHeaders()
                        .getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, false)
                        .stream()
                        .filter(p -> !Protocols.isToken(p))
                        .toList();
        if (offered.isEmpty() && supported.contains("")) {
            return "";
        }
        return offered.stream()
                .filter(supported::contains)
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.http(
                                        403,
                                        "requested protocol(s) are not supported: [%s]; supports [%s]"
                                                .formatted(
                                                        String.join(" ", offered),
                                                        String.join(" ", supported))));
    }

    /// Makes the request's connection one.
    ///
    /// @param protocol to be agreed on; empty for none
    /// @throws Refusal 400 if the client does not ask for it as it should
    public static TwoWay open(Call call, String protocol, Ear ear) throws IOException {
        var ears = new Ears(ear);
        // Once it is a WebSocket the request can't be asked any more.
        var timers = call.request().getComponents().getScheduler();
        var patience = Handshake.make(call, ears, _ -> protocol).patience();
        var socket = new TwoWay(Socket.wait(ears.opened, patience), ears, timers);
        socket.beat();
        return socket;
    }

    /// Sends a message, and waits until it is on its way, however long the client takes.
    public void send(ByteBuffer message) throws IOException {
        var sent = new Callback.Completable();
        session.sendBinary(message, sent);
        await(sent);
    }

    public void send(String message) throws IOException {
        var sent = new Callback.Completable();
        session.sendText(message, sent);
        await(sent);
    }

    /// Says that this was all, and waits for the client to hear it.
    public void end() throws IOException {
        session.close(StatusCode.NORMAL, null, Callback.NOOP);
        boolean _ = Socket.wait(ears.closed, PARTING);
    }

    /// Cuts the client off, unless it is gone.
    @Override
    public void close() {
        session.disconnect();
    }

    private void beat() {
        var _ =
                timers.schedule(
                        () -> {
                            if (session.isOpen()) {
                                session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
                                beat();
                            }
                        },
                        BEAT.toSeconds(),
                        TimeUnit.SECONDS);
    }

    private static void await(CompletableFuture<?> sent) throws IOException {
        try {
            var _ = sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a WebSocket was written", e);
        } catch (ExecutionException e) {
            throw new IOException("the WebSocket failed: " + e.getCause(), e);
        }
    }

    /// What comes from the client.
    public static final class Ears implements Session.Listener {
        private final Ear ear;
        private final CompletableFuture<Session> opened = new CompletableFuture<>();
        private final CompletableFuture<Boolean> closed = new CompletableFuture<>();

        private Ears(Ear ear) {
            this.ear = ear;
        }

        @Override
        public void onWebSocketOpen(Session session) {
            opened.complete(session);
            session.demand();
        }

        @Override
        public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback done) {
            var part = new byte[payload.remaining()];
            payload.get(part);
            done.succeed();
            hear(part, last);
        }

        @Override
        public void onWebSocketPartialText(String payload, boolean last) {
            hear(payload.getBytes(StandardCharsets.UTF_8), last);
        }

        private void hear(byte[] part, boolean last) {
            var session = opened.join();
            if (ear.hear(part, last, session::demand)) {
                session.demand();
            }
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            opened.completeExceptionally(cause);
            leave();
        }

        @Override
        public void onWebSocketClose(int code, @Nullable String reason, Callback done) {
            // The answer to his farewell first: who is told that he left may cut the line.
            done.succeed();
            leave();
        }

        private void leave() {
            if (closed.complete(true)) {
                ear.gone();
            }
        }
    }
}

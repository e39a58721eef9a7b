package dev.flotilla.server.stream;

import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.socket.Line;
import dev.flotilla.server.socket.Raw;
import dev.flotilla.server.spdy.SpdyConnection;
import dev.flotilla.server.spdy.SpdyStream;

import org.eclipse.jetty.http.HttpHeader;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/// A connection of SPDY with its reader, and the streams that came on it.
final class SpdyCarrier implements AutoCloseable {
    /// How long a client may take to open what belongs together.
    static final Duration OPENING = Duration.ofSeconds(30);

    /// How long it may take to hear that this was all.
    private static final Duration PARTING = Duration.ofSeconds(10);

    private static final String SPDY = "SPDY/3.1";
    private static final String VERSION = "X-Stream-Protocol-Version";
    private static final String ACCEPTED = "X-Accepted-Stream-Protocol-Versions";

    /// Nothing comes after an empty one: the client has left.
    private final BlockingQueue<Optional<SpdyStream>> came = new LinkedBlockingQueue<>();

    private final CompletableFuture<Boolean> left = new CompletableFuture<>();
    private final SpdyConnection connection;

    /// @param welcome whether a stream may stand
    SpdyCarrier(Line line, Predicate<SpdyStream> welcome) {
        connection = new SpdyConnection(line, s -> welcome.test(s) && came.add(Optional.of(s)));
    }

    /// Makes the request's connection one of SPDY.
    ///
    /// @param protocol agreed on for its streams; empty for none
    static SpdyCarrier overHttp(Call call, String protocol, Predicate<SpdyStream> welcome)
            throws IOException {
        var headers = protocol.isEmpty() ? Map.<String, String>of() : Map.of(VERSION, protocol);
        return new SpdyCarrier(Raw.open(call, SPDY, headers), welcome);
    }

    /// Of the protocols a client offers for its streams the first that is known.
    ///
    /// @return empty text if it offers none
    /// @throws Refusal 403 if none is known
    static String protocol(Call call, List<String> known) {
        var offered = new ArrayList<String>();
        for (var value : call.request().getHeaders().getValuesList(VERSION)) {
            for (var each : value.split(",", -1)) {
                offered.add(each.strip());
            }
        }
        if (offered.isEmpty()) {
            return "";
        }
        for (var each : offered) {
            if (known.contains(each)) {
                return each;
            }
        }
        known.forEach(k -> call.response().getHeaders().add(ACCEPTED, k));
        throw Refusal.http(
                403,
                "unable to upgrade: unable to negotiate protocol: client supports [%s], server accepts [%s]"
                        .formatted(String.join(" ", offered), String.join(" ", known)));
    }

    /// Whether the request asks for a connection of SPDY, and if not, what is missing.
    static String missing(Call call) {
        return "unable to upgrade: missing upgrade headers in request: [%s]"
                .formatted(call.request().getHeaders().get(HttpHeader.UPGRADE));
    }

    /// Begins to listen, on a thread of its own.
    ///
    /// @param gone called when the client has left
    void start(Runnable gone) {
        Thread.ofVirtual()
                .name("spdy")
                .start(
                        () -> {
                            try {
                                connection.run();
                            } catch (IOException _) {
                                // However it ended: the client is gone.
                            } finally {
                                left.complete(true);
                                came.add(Optional.empty());
                                gone.run();
                            }
                        });
    }

    /// Listens until the client has left.
    void run() throws IOException {
        connection.run();
    }

    /// Waits for the next stream.
    SpdyStream next(String what) throws IOException {
        try {
            var stream = came.poll(OPENING.toSeconds(), TimeUnit.SECONDS);
            if (stream == null) {
                throw new IOException("the client did not open " + what);
            }
            return stream.orElseThrow(
                    () -> new IOException("the client left and did not open " + what));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Says that this was all, and waits for the client to go.
    void end() throws IOException {
        connection.end();
        try {
            boolean _ = left.get(PARTING.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException _) {
            // It is cut off next.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}

package dev.flotilla.server.stream;

import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.spdy.SpdyStream;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A terminal over SPDY: a stream each, which tell what they are for.
final class SpdyTerminal implements Terminal {
    /// The newest first. The fourth tells the outcome as a Status, the older as text; the second
    /// and first have no sizes.
    static final List<String> PROTOCOLS =
            List.of(
                    "v4.channel.k8s.io",
                    "v3.channel.k8s.io",
                    "v2.channel.k8s.io",
                    "channel.k8s.io");

    private static final String ERROR = "error";

    private final Map<String, SpdyStream> streams = new HashMap<>();
    private final SpdyCarrier carrier;
    private final boolean json;
    private final boolean resizes;

    private SpdyTerminal(SpdyCarrier carrier, String protocol, Ends ends) {
        this.carrier = carrier;
        this.json = protocol.startsWith("v4.");
        this.resizes = ends.tty() && (json || protocol.startsWith("v3."));
    }

    /// Waits for the client to open every stream that it wants.
    ///
    /// @param protocol agreed on; empty for none
    /// @param gone called when the client has left
    static Terminal open(Call call, String protocol, Ends ends, Runnable gone) throws IOException {
        var carrier = SpdyCarrier.overHttp(call, protocol, s -> !s.header("streamtype").isEmpty());
        var terminal = new SpdyTerminal(carrier, protocol, ends);
        carrier.start(gone);
        try {
            var wanted = terminal.wanted(ends);
            while (!terminal.streams.keySet().containsAll(wanted)) {
                var stream = carrier.next("streams for " + wanted);
                terminal.streams.putIfAbsent(stream.header("streamtype"), stream);
            }
            return terminal;
        } catch (IOException e) {
            carrier.close();
            throw e;
        }
    }

    private List<String> wanted(Ends ends) {
        var wanted = new ArrayList<>(List.of(ERROR));
        if (ends.stdin()) {
            wanted.add("stdin");
        }
        if (ends.stdout()) {
            wanted.add("stdout");
        }
        if (ends.stderr()) {
            wanted.add("stderr");
        }
        if (resizes) {
            wanted.add("resize");
        }
        return wanted;
    }

    @Override
    public @Nullable InputStream in() {
        return said("stdin");
    }

    @Override
    public @Nullable OutputStream out() {
        return heard("stdout");
    }

    @Override
    public @Nullable OutputStream err() {
        return heard("stderr");
    }

    @Override
    public @Nullable InputStream sizes() {
        return said("resize");
    }

    private @Nullable InputStream said(String type) {
        var stream = streams.get(type);
        return stream == null ? null : stream.in();
    }

    private @Nullable OutputStream heard(String type) {
        var stream = streams.get(type);
        return stream == null ? null : stream.out();
    }

    @Override
    public void end(Outcome outcome) throws IOException {
        var errors = heard(ERROR);
        if (errors != null && (json || !outcome.ok())) {
            errors.write(
                    json
                            ? Answer.json(outcome.status(), false)
                            : outcome.message().getBytes(StandardCharsets.UTF_8));
        }
        for (var stream : streams.values()) {
            stream.in().close();
            stream.out().close();
        }
        carrier.end();
    }

    @Override
    public void close() {
        carrier.close();
    }
}

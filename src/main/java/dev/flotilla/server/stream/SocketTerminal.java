package dev.flotilla.server.stream;

import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.socket.Pipe;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// A terminal over a WebSocket: channels 0 input, 1 output, 2 errors, 3 the outcome, 4 sizes.
final class SocketTerminal implements Terminal {
    static final String V5 = "v5.channel.k8s.io";

    /// Those that can be agreed on, none among them.
    static final List<String> PROTOCOLS =
            List.of(
                    V5,
                    "v4.channel.k8s.io",
                    "v4.base64.channel.k8s.io",
                    "channel.k8s.io",
                    "base64.channel.k8s.io",
                    "");

    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int STATUS = 3;

    private final @Nullable Pipe in;
    private final @Nullable Pipe sizes;
    private final @Nullable OutputStream out;
    private final @Nullable OutputStream err;
    private final boolean json;
    private final Channels channels;

    private SocketTerminal(Call call, String protocol, Ends ends, Runnable gone)
            throws IOException {
        in = ends.stdin() ? new Pipe() : null;
        sizes = ends.tty() ? new Pipe() : null;
        json = protocol.startsWith("v");
        channels = new Channels(call, protocol, Arrays.asList(in, null, null, null, sizes), gone);
        out = ends.stdout() ? channels.out(STDOUT) : null;
        err = ends.stderr() ? channels.out(STDERR) : null;
    }

    /// @param gone called when the client has left
    static Terminal open(Call call, String protocol, Ends ends, Runnable gone) throws IOException {
        var terminal = new SocketTerminal(call, protocol, ends, gone);
        // A message with nothing in it tells the client that it may begin.
        int first = ends.stdout() ? STDOUT : ends.stderr() ? STDERR : STATUS;
        terminal.channels.send(first, new byte[0], 0, 0);
        return terminal;
    }

    @Override
    public @Nullable InputStream in() {
        return in;
    }

    @Override
    public @Nullable OutputStream out() {
        return out;
    }

    @Override
    public @Nullable OutputStream err() {
        return err;
    }

    @Override
    public @Nullable InputStream sizes() {
        return sizes;
    }

    @Override
    public void end(Outcome outcome) throws IOException {
        var said =
                json
                        ? Answer.json(outcome.status(), false)
                        : outcome.message().getBytes(StandardCharsets.UTF_8);
        if (json || !outcome.ok()) {
            channels.send(STATUS, said, 0, said.length);
        }
        channels.end();
    }

    @Override
    public void close() {
        channels.close();
    }
}

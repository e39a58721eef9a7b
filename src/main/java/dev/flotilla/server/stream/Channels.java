package dev.flotilla.server.stream;

import dev.flotilla.server.call.Call;
import dev.flotilla.server.socket.Pipe;
import dev.flotilla.server.socket.TwoWay;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// A WebSocket that carries several streams: each message begins with the number of its own. With
/// `base64` in the protocol's name messages are text; with `v5` a message to 255 ends the stream
/// whose number it holds.
final class Channels implements TwoWay.Ear, AutoCloseable {
    private static final int END = 255;
    private static final int MOST_AT_ONCE = 32 * 1024;

    private final boolean text;
    private final boolean ends;
    private final List<@Nullable Pipe> heard;
    private final Runnable gone;
    private final TwoWay socket;

    /// The channel of the message that is being heard, less than 0 between messages.
    private int hearing = -1;

    /// What of its text does not yet make whole bytes.
    private String rest = "";

    /// @param heard by number; null for one that is not listened to
    /// @param gone called when the client has left
    Channels(Call call, String protocol, List<@Nullable Pipe> heard, Runnable gone)
            throws IOException {
        this.text = protocol.contains("base64.");
        this.ends = protocol.startsWith("v5.");
        this.heard = heard;
        this.gone = gone;
        socket = TwoWay.open(call, protocol, this);
    }

    @Override
    public boolean hear(byte[] part, boolean last, Runnable room) {
        int from = 0;
        if (hearing < 0) {
            if (part.length == 0) {
                return true;
            }
            hearing = text ? part[0] - '0' : part[0] & 0xff;
            from = 1;
        }
        int channel = hearing;
        var bytes = text ? decoded(part, from) : copied(part, from);
        if (last) {
            hearing = -1;
            rest = "";
        }
        if (channel == END && ends) {
            var ended = bytes.length == 0 ? null : pipe(bytes[0] & 0xff);
            if (ended != null) {
                ended.end();
            }
            return true;
        }
        var pipe = pipe(channel);
        return pipe == null || pipe.put(bytes, room);
    }

    private @Nullable Pipe pipe(int channel) {
        return channel < 0 || channel >= heard.size() ? null : heard.get(channel);
    }

    private static byte[] copied(byte[] part, int from) {
        var bytes = new byte[part.length - from];
        System.arraycopy(part, from, bytes, 0, bytes.length);
        return bytes;
    }

    /// What is no base64 is not heard.
    private byte[] decoded(byte[] part, int from) {
        var all = rest + new String(part, from, part.length - from, StandardCharsets.US_ASCII);
        int whole = all.length() - all.length() % 4;
        rest = all.substring(whole);
        try {
            return Base64.getDecoder().decode(all.substring(0, whole));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    @Override
    public void gone() {
        for (var pipe : heard) {
            if (pipe != null) {
                pipe.fail("the client has left");
            }
        }
        gone.run();
    }

    void send(int channel, byte[] bytes, int from, int count) throws IOException {
        if (text) {
            var message = ByteBuffer.wrap(bytes, from, count);
            var coded = StandardCharsets.US_ASCII.decode(Base64.getEncoder().encode(message));
            socket.send((char) ('0' + channel) + coded.toString());
            return;
        }
        var message = ByteBuffer.allocate(1 + count);
        socket.send(message.put((byte) channel).put(bytes, from, count).flip());
    }

    /// What is written goes out in messages of this channel. Closing it does nothing: only all
    /// channels end, together.
    OutputStream out(int channel) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                for (int done = 0; done < count; done += MOST_AT_ONCE) {
                    send(channel, bytes, from + done, Math.min(MOST_AT_ONCE, count - done));
                }
            }
        };
    }

    /// Says that this was all, and waits for the client to hear it.
    void end() throws IOException {
        for (var pipe : heard) {
            if (pipe != null) {
                pipe.close();
            }
        }
        socket.end();
    }

    @Override
    public void close() {
        socket.close();
    }
}

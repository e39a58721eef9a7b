package dev.flotilla.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Speaks HTTP/2 frame by frame (RFC 9113), to see what a library would hide.
record Frames(Wire wire) {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GO_AWAY = 7;
    private static final int END = 1;
    private static final int END_HEADERS = 4;
    private static final int ACK = 1;

    record Frame(int type, int flags, int stream) {
        boolean ends() {
            return (type == DATA || type == HEADERS) && (flags & END) != 0;
        }
    }

    static Frames over(Wire wire) throws IOException {
        wire.say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        var frames = new Frames(wire);
        frames.send(SETTINGS, 0, 0, new byte[0]);
        return frames;
    }

    /// The head of a request whose body follows.
    void begin(int stream, String method, String path, String... headers) throws IOException {
        var block = new ByteArrayOutputStream();
        literal(block, ":method", method);
        literal(block, ":scheme", "https");
        literal(block, ":path", path);
        literal(block, ":authority", "localhost");
        for (var i = 0; i < headers.length; i += 2) {
            literal(block, headers[i], headers[i + 1]);
        }
        send(HEADERS, END_HEADERS, stream, block.toByteArray());
    }

    void data(int stream, byte[] body, boolean last) throws IOException {
        send(DATA, last ? END : 0, stream, body);
    }

    /// Wants no more of the stream.
    void cancel(int stream) throws IOException {
        send(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
    }

    /// What comes for one stream until all that the server had to say has come.
    List<Frame> answer(int stream) throws IOException {
        var all = new ArrayList<Frame>();
        var ended = false;
        while (true) {
            var next = next();
            if (next.type == GO_AWAY) {
                throw new IOException("the server goes away");
            }
            if (next.type == SETTINGS && next.flags == 0) {
                send(SETTINGS, ACK, 0, new byte[0]);
            }
            if (next.type == PING && ended) {
                return all;
            }
            if (next.stream == stream) {
                all.add(next);
                if (!ended && (next.ends() || next.type == RST_STREAM)) {
                    ended = true;
                    // Twice there and back, in which a late reset would come.
                    send(PING, 0, 0, new byte[8]);
                }
            }
        }
    }

    private Frame next() throws IOException {
        var head = ByteBuffer.wrap(wire.in.readNBytes(9));
        if (head.remaining() < 9) {
            throw new IOException("the connection has ended");
        }
        var length = (head.get() & 0xff) << 16 | (head.getShort() & 0xffff);
        var type = head.get();
        var flags = head.get();
        var frame = new Frame(type, flags, head.getInt());
        wire.in.skipNBytes(length);
        return frame;
    }

    private void send(int type, int flags, int stream, byte[] body) throws IOException {
        var frame = ByteBuffer.allocate(9 + body.length);
        frame.put((byte) (body.length >> 16)).putShort((short) body.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(body);
        wire.out.write(frame.array());
        wire.out.flush();
    }

    /// HPACK's plainest form: a literal field that is not indexed (RFC 7541, 6.2.2).
    private static void literal(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        text(block, name);
        text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            var rest = bytes.length - 127;
            for (; rest >= 128; rest >>= 7) {
                block.write(rest % 128 + 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }
}

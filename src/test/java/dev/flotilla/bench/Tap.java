package dev.flotilla.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import javax.net.ssl.SSLContext;

/// A watch over a connection of its own, in plain HTTP/1.1, whose lines are looked at where they
/// came in: what it costs is mostly the server's.
record Tap(URI server, String token, SSLContext tls) {
    /// Takes the line at `from <= i < to`, now and not later.
    @FunctionalInterface
    interface Lines {
        void line(byte[] bytes, int from, int to);
    }

    /// Reads lines until the watch ends.
    ///
    /// @param begun told when the answer has begun
    void read(String path, Runnable begun, Lines lines) throws IOException {
        try (var socket = tls.getSocketFactory().createSocket(server.getHost(), server.getPort())) {
            ask(socket.getOutputStream(), path);
            var in = new Bytes(socket.getInputStream());
            while (in.line() > 0) {}
            begun.run();
            var text = new byte[1 << 16];
            int held = 0;
            for (int size = in.size(); size > 0; size = in.size()) {
                if (held + size > text.length) {
                    text = Arrays.copyOf(text, 2 * (held + size));
                }
                in.take(text, held, size);
                int from = 0;
                for (int at = held; at < held + size; at++) {
                    if (text[at] == '\n') {
                        lines.line(text, from, at);
                        from = at + 1;
                    }
                }
                held = held + size - from;
                System.arraycopy(text, from, text, 0, held);
                int _ = in.line(); // a chunk's end comes with the next chunk, not before
            }
        }
    }

    private void ask(OutputStream out, String path) throws IOException {
        var head =
                "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(path, server.getAuthority(), token);
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /// What has come and is not yet taken.
    private static final class Bytes {
        private final InputStream in;
        private final byte[] bytes = new byte[1 << 16];
        private int at;
        private int end;

        Bytes(InputStream in) {
            this.in = in;
        }

        private byte next() throws IOException {
            if (at == end) {
                at = 0;
                end = in.read(bytes);
                if (end < 0) {
                    throw new EOFException("the watch was cut");
                }
            }
            return bytes[at++];
        }

        /// Passes over a line.
        ///
        /// @return its length
        int line() throws IOException {
            int length = 0;
            for (byte b = next(); b != '\n'; b = next()) {
                length += b == '\r' ? 0 : 1;
            }
            return length;
        }

        /// Of the next chunk.
        int size() throws IOException {
            int size = 0;
            for (byte b = next(); b != '\n'; b = next()) {
                size = b == '\r' ? size : 16 * size + Character.digit(b, 16);
            }
            return size;
        }

        /// Takes a chunk, but for its end.
        void take(byte[] to, int from, int size) throws IOException {
            for (int taken = 0; taken < size; ) {
                to[from + taken++] = next();
                int more = Math.min(size - taken, end - at);
                System.arraycopy(bytes, at, to, from + taken, more);
                at += more;
                taken += more;
            }
        }
    }
}

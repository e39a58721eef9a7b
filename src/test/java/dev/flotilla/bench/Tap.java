package dev.flotilla.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;

/// A watch over a connection of its own, in plain HTTP/1.1: what it costs is mostly the server's.
record Tap(URI server, String token, SSLContext tls) {
    /// Reads lines until the watch ends.
    ///
    /// @param begun told when the answer has begun
    void read(String path, Runnable begun, Consumer<String> line) throws IOException {
        try (var socket = tls.getSocketFactory().createSocket(server.getHost(), server.getPort())) {
            ask(socket.getOutputStream(), path);
            var in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
            while (!text(in).isEmpty()) {}
            begun.run();
            var rest = new StringBuilder();
            for (int size = size(in); size > 0; size = size(in)) {
                var chunk = new byte[size];
                in.readFully(chunk);
                text(in);
                rest.append(new String(chunk, StandardCharsets.ISO_8859_1));
                int from = 0;
                for (int to = rest.indexOf("\n"); to >= 0; to = rest.indexOf("\n", from)) {
                    line.accept(rest.substring(from, to));
                    from = to + 1;
                }
                rest.delete(0, from);
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

    private static int size(DataInputStream in) throws IOException {
        return Integer.parseInt(text(in).strip(), 16);
    }

    private static String text(DataInputStream in) throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the watch was cut");
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }
}

package dev.flotilla.remote.engine;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A connection of its own that the engine took over: after one request it carries the bytes of a
/// process. Its two halves end apart from each other.
public final class Hijack implements AutoCloseable {
    private static final int MOST_HEAD = 16 * 1024;
    private static final int MOST_BODY = 64 * 1024;

    private final Socket socket;
    private final InputStream in;

    private Hijack(Socket socket, InputStream in) {
        this.socket = socket;
        this.in = in;
    }

    /// The engine did not take it over.
    public static final class Answered extends IOException {
        private static final long serialVersionUID = 1;

        private final int code;
        private final String body;

        Answered(int code, String body) {
            super("status " + code + ": " + body);
            this.code = code;
            this.body = body;
        }

        public int code() {
            return code;
        }

        public String body() {
            return body;
        }
    }

    /// @param socket not connected yet; closed if the engine does not take it over
    /// @param body in JSON, may be empty
    /// @throws Answered if the engine says no
    public static Hijack of(Socket socket, String path, String body) throws IOException {
        try {
            socket.connect(InetSocketAddress.createUnresolved("docker", 0));
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            var head =
                    """
                    POST %s HTTP/1.1\r
                    Host: docker\r
                    Connection: Upgrade\r
                    Upgrade: tcp\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    \r
                    """
                            .formatted(path, bytes.length);
            var out = socket.getOutputStream();
            var request = new ByteArrayOutputStream();
            request.write(head.getBytes(StandardCharsets.US_ASCII));
            request.write(bytes);
            out.write(request.toByteArray());
            out.flush();
            var in = new BufferedInputStream(socket.getInputStream(), 32 * 1024);
            var answer = head(in);
            int code = code(answer);
            if (code != 101 && code != 200) {
                throw new Answered(code, body(in, answer));
            }
            return new Hijack(socket, in);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || head.length() > MOST_HEAD) {
                throw new IOException("the engine's answer was not one of HTTP: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static int code(String head) throws IOException {
        if (!head.matches("(?s)HTTP/1\\.[01] [1-5][0-9]{2}\\b.*")) {
            throw new IOException("the engine's answer was not one of HTTP: " + head);
        }
        return Integer.parseInt(head.substring(9, 12));
    }

    /// As much as the head says, or until the connection ends.
    private static String body(InputStream in, String head) throws IOException {
        var length =
                head.lines()
                        .map(l -> l.toLowerCase(Locale.ROOT))
                        .filter(l -> l.startsWith("content-length:"))
                        .map(l -> l.substring(l.indexOf(':') + 1).strip())
                        .findFirst();
        int most = length.map(Integer::parseInt).orElse(MOST_BODY);
        return new String(in.readNBytes(Math.min(most, MOST_BODY)), StandardCharsets.UTF_8);
    }

    /// What the process says.
    public InputStream in() {
        return in;
    }

    /// What it hears.
    public OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /// It hears no more, and may go on to speak.
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // It is of no use any more.
        }
    }
}

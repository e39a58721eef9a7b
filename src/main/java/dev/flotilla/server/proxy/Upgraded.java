package dev.flotilla.server.proxy;

import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.socket.Raw;

import org.eclipse.jetty.http.HttpHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A request that wants its connection to become a WebSocket of a pod: when the pod agrees, bytes
/// go both ways.
final class Upgraded {
    private static final Logger LOG = LoggerFactory.getLogger(Upgraded.class);
    private static final int AT_ONCE = 32 * 1024;
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int LONGEST_REFUSAL = 1024 * 1024;

    private final Call call;
    private final Way way;
    private final Backend to;

    Upgraded(Call call, Way way, Backend to) {
        this.call = call;
        this.way = way;
        this.to = to;
    }

    /// What the pod said first.
    ///
    /// @param headers by their names in lower case
    private record Head(int code, Map<String, String> headers) {}

    void run() throws IOException {
        try (var socket = to.connect()) {
            socket.getOutputStream().write(asked().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var head = head(socket.getInputStream());
            if (head.code != 101) {
                refuse(head, socket.getInputStream());
                return;
            }
            splice(socket, head);
        } catch (IOException e) {
            throw Refusal.unavailable("error trying to reach service: " + e.getMessage());
        }
    }

    private String asked() {
        var query = call.request().getHttpURI().getQuery();
        var text = new StringBuilder();
        text.append(call.method()).append(' ');
        text.append(way.rest().isEmpty() ? "/" : way.rest());
        text.append(query == null ? "" : "?" + query).append(" HTTP/1.1\r\n");
        Forwarded.ask(
                call,
                way,
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        var wanted = call.request().getHeaders().get(HttpHeader.UPGRADE);
        return text.append("Connection: Upgrade\r\nUpgrade: ")
                .append(wanted)
                .append("\r\n\r\n")
                .toString();
    }

    /// Byte by byte, for what follows is not ours to read.
    private static Head head(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 2) {
            int b = in.read();
            if (b < 0 || bytes.size() > LONGEST_HEAD) {
                throw new IOException("its answer has no end of its head");
            }
            ends = b == '\n' ? ends + 1 : b == '\r' ? ends : 0;
            bytes.write(b);
        }
        var lines = bytes.toString(StandardCharsets.ISO_8859_1).lines().toList();
        var first = List.of(lines.getFirst().split(" ", 3));
        var headers = new LinkedHashMap<String, String>();
        for (var line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        try {
            return new Head(first.size() < 2 ? 0 : Integer.parseInt(first.get(1)), headers);
        } catch (NumberFormatException e) {
            throw new IOException("its answer is not of HTTP: " + lines.getFirst(), e);
        }
    }

    private void refuse(Head head, InputStream in) throws IOException {
        if (head.code < 400) {
            throw Refusal.http(500, "invalid upgrade response: status code " + head.code);
        }
        var length = head.headers.get("content-length");
        int most = length == null ? LONGEST_REFUSAL : Integer.parseInt(length);
        var body = in.readNBytes(Math.min(most, LONGEST_REFUSAL));
        var type = head.headers.getOrDefault("content-type", "text/plain");
        Answer.send(call.response(), head.code, type, body);
    }

    private void splice(Socket socket, Head head) throws IOException {
        var headers = new LinkedHashMap<>(head.headers);
        headers.remove("connection");
        var protocol = headers.remove("upgrade");
        var line = Raw.open(call, protocol == null ? "websocket" : protocol, headers);
        try {
            Thread.ofVirtual().name("proxied").start(() -> toPod(line, socket));
            var in = socket.getInputStream();
            var buffer = new byte[AT_ONCE];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                line.write(ByteBuffer.wrap(Arrays.copyOf(buffer, n)));
            }
            line.end();
        } catch (IOException e) {
            LOG.debug("A WebSocket of {} broke", to.authority(), e);
        } finally {
            line.close();
        }
    }

    private void toPod(Raw line, Socket socket) {
        try (socket) {
            var out = socket.getOutputStream();
            for (var some = line.read(); some.length > 0; some = line.read()) {
                out.write(some);
                out.flush();
            }
        } catch (IOException e) {
            LOG.debug("A client of {} has left", to.authority(), e);
        }
    }
}

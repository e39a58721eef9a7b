package dev.flotilla.server.watch;

import dev.flotilla.server.call.Departure;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Events one after the other in the answer's body.
final class Chunks implements Outlet {
    /// So much is put together before it is sent in the midst of many events.
    private static final int ENOUGH = 64 * 1024;

    private static final Map<String, byte[]> HEADS =
            Stream.of("ADDED", "MODIFIED", "DELETED")
                    .collect(Collectors.toUnmodifiableMap(t -> t, Chunks::head));
    private static final byte[] END = {'}', '\n'};

    private final Response response;
    private final Bytes pending = new Bytes();
    private final Departure departure;
    private boolean begun;

    /// @param departure of the client, looked out for as long as this is open
    Chunks(Response response, Departure departure) {
        this.response = response;
        this.departure = departure;
    }

    @Override
    public void add(String type, byte[] object) throws IOException {
        var head = HEADS.get(type);
        pending.writeBytes(head == null ? head(type) : head);
        pending.writeBytes(object);
        pending.writeBytes(END);
        if (pending.size() >= ENOUGH) {
            flush();
        }
    }

    @Override
    public void lines(ByteBuffer lines, boolean more) throws IOException {
        if (more || pending.size() > 0) {
            pending.write(lines.array(), lines.arrayOffset() + lines.position(), lines.remaining());
            if (!more || pending.size() >= ENOUGH) {
                flush();
            }
        } else {
            flush(); // the head, if it is not sent yet
            if (lines.hasRemaining()) {
                Content.Sink.write(response, false, lines);
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (!begun) {
            begun = true;
            response.setStatus(200);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache, private");
            send(false);
        } else if (pending.size() > 0) {
            send(false);
        }
    }

    @Override
    public boolean hasBegun() {
        return begun;
    }

    @Override
    public void end() throws IOException {
        flush();
        send(true);
    }

    @Override
    public void close() {
        departure.close();
    }

    private static byte[] head(String type) {
        return Outlet.head(type).getBytes(StandardCharsets.US_ASCII);
    }

    /// Returns when it is on its way, and the bytes are free for the next.
    private void send(boolean last) throws IOException {
        Content.Sink.write(response, last, pending.view());
        pending.reset();
    }

    /// Gives its bytes without a copy.
    private static final class Bytes extends ByteArrayOutputStream {
        ByteBuffer view() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }
}

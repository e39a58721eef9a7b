package dev.flotilla.server.watch;

import dev.flotilla.server.call.Departure;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Events one after the other in the answer's body.
final class Chunks implements Outlet {
    /// So much is put together before it is sent in the midst of many events.
    private static final int ENOUGH = 64 * 1024;

    private final Response response;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final Departure departure;
    private boolean begun;

    /// @param departure of the client, looked out for as long as this is open
    Chunks(Response response, Departure departure) {
        this.response = response;
        this.departure = departure;
    }

    @Override
    public void add(String type, byte[] object) throws IOException {
        pending.writeBytes(Outlet.head(type).getBytes(StandardCharsets.US_ASCII));
        pending.writeBytes(object);
        pending.writeBytes(new byte[] {'}', '\n'});
        if (pending.size() >= ENOUGH) {
            flush();
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

    private void send(boolean last) throws IOException {
        var bytes = ByteBuffer.wrap(pending.toByteArray());
        pending.reset();
        Content.Sink.write(response, last, bytes);
    }
}

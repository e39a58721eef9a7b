package dev.flotilla.server.spdy;

import dev.flotilla.server.socket.Pipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/// One stream, opened by the client.
public final class SpdyStream {
    private static final int MOST_AT_ONCE = 32 * 1024;

    private final SpdyConnection connection;
    private final int id;
    private final Map<String, String> headers;
    private final Pipe said = new Pipe();
    private final Output output = new Output();
    private boolean clientEnded;
    private boolean ended;

    SpdyStream(SpdyConnection connection, int id, Map<String, String> headers) {
        this.connection = connection;
        this.id = id;
        this.headers = Map.copyOf(headers);
    }

    /// Odd, and larger than those of streams before.
    public int id() {
        return id;
    }

    /// A header's value, or an empty text.
    ///
    /// @param name in lower case
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /// What the client says, to the end of its half of the stream. Once closed, what comes is
    /// thrown away.
    public InputStream in() {
        return said;
    }

    /// To the client; closing it ends the server's half. A write waits for the client.
    public OutputStream out() {
        return output;
    }

    Pipe said() {
        return said;
    }

    /// @return whether both halves are at their end
    synchronized boolean clientEnded() {
        clientEnded = true;
        said.end();
        return ended;
    }

    synchronized void broken(String why) {
        clientEnded = true;
        ended = true;
        said.fail(why);
    }

    private void endOurs() throws IOException {
        boolean whole;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            whole = clientEnded;
        }
        connection.end(id, whole);
    }

    private synchronized boolean open() {
        return !ended;
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            for (int done = 0; done < count; ) {
                if (!open()) {
                    throw new IOException("the client has ended the stream");
                }
                int some = Math.min(MOST_AT_ONCE, count - done);
                connection.data(id, bytes, from + done, some);
                done += some;
            }
        }

        @Override
        public void close() throws IOException {
            endOurs();
        }
    }
}

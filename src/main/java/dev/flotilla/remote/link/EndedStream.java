package dev.flotilla.remote.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a tar on another machine says. Its exit code follows on the same stream and is taken off
/// again, so that half an archive is never taken for a whole one.
public final class EndedStream extends InputStream {
    /// The tail of the stream: this and the exit code.
    public static final String MARK = "\nflotilla-tar-ended ";

    private static final int TAIL = MARK.length() + 4;

    /// A file changed while it was read: the machine goes on running.
    private static final int CHANGED = 1;

    private final Peer peer;
    private final InputStream in;
    private final String where;
    private byte[] held = new byte[0];
    private boolean ended;

    private EndedStream(Peer peer, String where) {
        this.peer = peer;
        this.in = peer.output();
        this.where = where;
    }

    /// @param peer writes the mark and three digits last; closed with the stream
    public static EndedStream of(String where, Peer peer) {
        return new EndedStream(peer, where);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /// Gives out all but the last bytes that came, which may be the tail.
    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        while (!ended && held.length <= TAIL) {
            fill(Math.max(length, TAIL));
        }
        int ready = ended ? held.length : held.length - TAIL;
        if (ready == 0) {
            return -1;
        }
        int n = Math.min(length, ready);
        System.arraycopy(held, 0, buffer, from, n);
        held = Arrays.copyOfRange(held, n, held.length);
        return n;
    }

    private void fill(int most) throws IOException {
        var more = new byte[most];
        int n = in.read(more);
        if (n < 0) {
            ended = true;
            takeTail();
            return;
        }
        var joined = new ByteArrayOutputStream(held.length + n);
        joined.writeBytes(held);
        joined.write(more, 0, n);
        held = joined.toByteArray();
    }

    private void takeTail() throws IOException {
        int at = held.length - MARK.length() - 3;
        var tail =
                new String(
                        held,
                        Math.max(0, at),
                        held.length - Math.max(0, at),
                        StandardCharsets.US_ASCII);
        if (at < 0 || !tail.startsWith(MARK)) {
            throw new IOException(
                    "the connection to " + where + " broke in the middle of an archive");
        }
        int code = Integer.parseInt(tail.substring(MARK.length()));
        if (code > CHANGED) {
            throw new IOException(
                    "tar on %s ended with %d: it needs GNU tar and the rights of root (sudo without a password)"
                            .formatted(where, code));
        }
        held = Arrays.copyOf(held, at);
    }

    @Override
    public void close() {
        peer.close();
    }
}

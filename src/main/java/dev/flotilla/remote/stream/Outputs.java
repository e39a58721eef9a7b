package dev.flotilla.remote.stream;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/// Takes apart what the engine sends as one: frames of a head of 8 bytes, of which the first is 1
/// for output and 2 for errors and the last four are the length. With a terminal there is but one
/// output, and no frames.
final class Outputs {
    private static final int HEAD = 8;
    private static final int ERRORS = 2;
    private static final int AT_ONCE = 32 * 1024;

    private Outputs() {}

    /// Copies to the end. What has no taker is thrown away.
    static void copy(
            InputStream from, boolean tty, @Nullable OutputStream out, @Nullable OutputStream err)
            throws IOException {
        var buffer = new byte[AT_ONCE];
        if (tty) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                write(out, buffer, n);
            }
            return;
        }
        var head = new byte[HEAD];
        for (int n = from.readNBytes(head, 0, HEAD); n > 0; n = from.readNBytes(head, 0, HEAD)) {
            if (n < HEAD) {
                throw new EOFException("the engine's stream ended within a frame");
            }
            var to = head[0] == ERRORS ? err : out;
            long left = Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt(4));
            while (left > 0) {
                int some = from.read(buffer, 0, (int) Math.min(AT_ONCE, left));
                if (some < 0) {
                    throw new EOFException("the engine's stream ended within a frame");
                }
                write(to, buffer, some);
                left -= some;
            }
        }
    }

    private static void write(@Nullable OutputStream to, byte[] bytes, int count)
            throws IOException {
        if (to != null) {
            to.write(bytes, 0, count);
            to.flush();
        }
    }
}

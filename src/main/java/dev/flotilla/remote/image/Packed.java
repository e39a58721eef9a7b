package dev.flotilla.remote.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.function.BooleanSupplier;

/// What goes to an engine, packed with gzip if that is worth it. Engines unpack by themselves.
final class Packed {
    /// What is shorter is not worth the question how fast the line is.
    static final int WORTH_IT = 4 << 20;

    private Packed() {}

    /// @param slow whether the line is slower than gzip; asked only if there is much to send
    static InputStream of(InputStream plain, BooleanSupplier slow) throws IOException {
        var start = plain.readNBytes(WORTH_IT);
        var whole = new SequenceInputStream(new ByteArrayInputStream(start), plain);
        return start.length == WORTH_IT && slow.getAsBoolean() && shrinks(start)
                ? new Gzip(whole)
                : whole;
    }

    /// By a tenth at least.
    private static boolean shrinks(byte[] start) throws IOException {
        try (var packed = new Gzip(new ByteArrayInputStream(start))) {
            long bytes = packed.transferTo(OutputStream.nullOutputStream());
            return bytes < 0.9 * start.length;
        }
    }
}

package dev.flotilla.remote.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// A stream packed with gzip while it is read, as fast as gzip can (RFC 1952). The JDK packs only
/// what is written.
final class Gzip extends InputStream {
    /// Says nothing but the method, and that the system is unknown.
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final InputStream plain;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final CRC32 sum = new CRC32();
    private final byte[] taken = new byte[1 << 16];
    private long bytes;

    /// Header or trailer, as far as it is still to be given out.
    private byte[] words = HEADER;

    private boolean ended;

    Gzip(InputStream plain) {
        this.plain = plain;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (words.length == 0) {
            if (ended) {
                return -1;
            }
            int n = deflater.deflate(buffer, from, length);
            if (n > 0) {
                return n;
            }
            if (deflater.finished()) {
                ended = true;
                words = trailer();
            } else {
                more();
            }
        }
        int n = Math.min(length, words.length);
        System.arraycopy(words, 0, buffer, from, n);
        words = Arrays.copyOfRange(words, n, words.length);
        return n;
    }

    private void more() throws IOException {
        int n = plain.read(taken);
        if (n < 0) {
            deflater.finish();
            return;
        }
        sum.update(taken, 0, n);
        bytes += n;
        deflater.setInput(taken, 0, n);
    }

    private byte[] trailer() {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) sum.getValue())
                .putInt((int) bytes)
                .array();
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        plain.close();
    }
}

package dev.flotilla.node.image;

import dev.flotilla.node.errand.Stop;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/// A stream that tells how much of it was read, and fails when it is called off.
public final class Watched extends FilterInputStream {
    private final Stop stop;
    private final LongConsumer progress;
    private long bytes;

    /// @param progress told how many bytes were read so far, from whoever reads
    public Watched(InputStream in, Stop stop, LongConsumer progress) {
        super(in);
        this.stop = stop;
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        if (stop.asked()) {
            throw new IOException("called off");
        }
        int n = in.read(buffer, from, length);
        if (n > 0) {
            bytes += n;
            progress.accept(bytes);
        }
        return n;
    }
}

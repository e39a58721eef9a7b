package dev.flotilla.remote.stream;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Lets through what comes after so many lines.
final class AfterLines extends FilterOutputStream {
    private long skip;

    AfterLines(OutputStream out, long skip) {
        super(out);
        this.skip = skip;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        int begin = from;
        while (skip > 0 && begin < from + count) {
            skip -= bytes[begin++] == '\n' ? 1 : 0;
        }
        out.write(bytes, begin, from + count - begin);
    }
}

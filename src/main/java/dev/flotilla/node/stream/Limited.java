package dev.flotilla.node.stream;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Lets so many bytes through, and then ends who writes.
final class Limited extends FilterOutputStream {
    private long left;

    Limited(OutputStream out, long most) {
        super(out);
        left = most;
    }

    /// All that was to be written is.
    static final class Reached extends IOException {
        private static final long serialVersionUID = 1;

        Reached() {
            super("the limit is reached");
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        int some = (int) Math.min(left, count);
        out.write(bytes, from, some);
        left -= some;
        if (left == 0) {
            throw new Reached();
        }
    }
}

package dev.flotilla.remote.stream;

import java.io.OutputStream;

/// Counts the lines that are written to it.
final class Lines extends OutputStream {
    private long ended;
    private boolean begun;

    /// The last counts even if it is not at its end.
    public long count() {
        return ended + (begun ? 1 : 0);
    }

    @Override
    public void write(int b) {
        begun = b != '\n';
        ended += begun ? 0 : 1;
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        for (int i = from; i < from + count; i++) {
            write(bytes[i]);
        }
    }
}

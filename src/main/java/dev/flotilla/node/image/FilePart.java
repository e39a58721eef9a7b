package dev.flotilla.node.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Some of a file's bytes. Each reader has its own place in it.
final class FilePart extends InputStream {
    private final Path file;
    private final FileChannel channel;
    private final long end;
    private long at;

    FilePart(Path file, long from, long bytes) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.at = from;
        this.end = from + bytes;
    }

    static Content content(Path file, long from, long bytes) {
        return new Content(bytes, () -> new FilePart(file, from, bytes));
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        if (at == end) {
            return -1;
        }
        int most = (int) Math.min(length, end - at);
        int n = channel.read(ByteBuffer.wrap(buffer, from, most), at);
        if (n < 0) {
            throw new EOFException(file + " became shorter while it was read");
        }
        at += n;
        return n;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

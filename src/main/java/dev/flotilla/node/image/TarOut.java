package dev.flotilla.node.image;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// A tar archive that comes into being while it is read, as often as it is.
public final class TarOut {
    private static final int RECORD = 512;

    private final List<Content> parts = new ArrayList<>();
    private long bytes;

    void add(String name, Content content) {
        var entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL);
        entry.setSize(content.bytes());
        entry.setMode(0644);
        entry.setModTime(0);
        add(entry, content);
    }

    /// @param entry whose size is that of the content
    void add(TarArchiveEntry entry, Content content) {
        put(Content.of(header(entry)));
        put(content);
        put(Content.of(new byte[(int) (-content.bytes() & (RECORD - 1))]));
    }

    /// As the library writes it, with what goes before it where names are long.
    private static byte[] header(TarArchiveEntry entry) {
        entry.setUserName("");
        entry.setGroupName("");
        var bytes = new ByteArrayOutputStream();
        try {
            var tar = new TarArchiveOutputStream(bytes, "UTF-8");
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            tar.putArchiveEntry(entry);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("a header is made in memory", e);
        }
    }

    /// Of the whole archive.
    public long bytes() {
        return bytes + 2L * RECORD;
    }

    /// Reads it from its beginning.
    public InputStream open() {
        var all = new ArrayList<>(parts);
        all.add(Content.of(new byte[2 * RECORD]));
        return new Joined(all.iterator());
    }

    private void put(Content content) {
        parts.add(content);
        bytes += content.bytes();
    }

    /// One after the other, each opened when its turn comes.
    private static final class Joined extends InputStream {
        private final Iterator<Content> rest;
        private InputStream now = InputStream.nullInputStream();

        Joined(Iterator<Content> rest) {
            this.rest = rest;
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
            while (true) {
                int n = now.read(buffer, from, length);
                if (n > 0) {
                    return n;
                }
                now.close();
                if (!rest.hasNext()) {
                    now = new ByteArrayInputStream(new byte[0]);
                    return -1;
                }
                now = rest.next().opened().open();
            }
        }

        @Override
        public void close() throws IOException {
            now.close();
        }
    }
}

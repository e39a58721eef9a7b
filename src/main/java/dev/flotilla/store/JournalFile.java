package dev.flotilla.store;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/// A file of batches: each its length, its checksum, and its entries. A batch that was cut short
/// was never acknowledged, and is cut off.
final class JournalFile implements AutoCloseable {
    private static final int HEAD = 8;
    private static final int DELETED = 1;
    private static final int SEALED = 2;

    private final @Nullable FileChannel channel;
    private final Seal seal;
    private long end;
    private boolean torn; // bytes of a batch that failed may lie behind the end

    private JournalFile(@Nullable FileChannel channel, Seal seal) {
        this.channel = channel;
        this.seal = seal;
    }

    static JournalFile open(Path file, Seal seal) throws IOException {
        var channel =
                FileChannel.open(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE));
        try {
            Folder.restrict(file, Folder.OWNER_ONLY);
            return new JournalFile(channel, seal);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    static JournalFile none() {
        return new JournalFile(null, Seal.none());
    }

    boolean isEmpty() {
        return end == 0;
    }

    /// The entries of all whole batches; one that was cut short behind them is cut off.
    ///
    /// @throws IOException if a batch is damaged and others follow: those were acknowledged
    List<Staged> recover() throws IOException {
        var found = new ArrayList<Staged>();
        if (channel == null) {
            return found;
        }
        for (var batch = next(channel); batch != null; batch = next(channel)) {
            end += HEAD + batch.remaining();
            while (batch.hasRemaining()) {
                found.add(entry(batch));
            }
        }
        refuseDamage(channel);
        channel.truncate(end);
        return found;
    }

    private void refuseDamage(FileChannel from) throws IOException {
        var head = read(from, end, HEAD);
        long length = head == null ? 0 : head.getInt();
        if (length > 0 && end + HEAD + length < from.size()) {
            throw new IOException(
                    "the journal is damaged at byte %d, and acknowledged entries follow. Put the data folder's copy of before back, or move both journal files away and lose what they hold"
                            .formatted(end));
        }
    }

    private @Nullable ByteBuffer next(FileChannel from) throws IOException {
        var head = read(from, end, HEAD);
        if (head == null) {
            return null;
        }
        int length = head.getInt();
        int sum = head.getInt();
        var batch = length > 0 ? read(from, end + HEAD, length) : null;
        return batch != null && sum(batch.duplicate()) == sum ? batch : null;
    }

    private static @Nullable ByteBuffer read(FileChannel from, long at, int length)
            throws IOException {
        if (at + length > from.size()) {
            return null;
        }
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && from.read(bytes, at + bytes.position()) >= 0) {}
        return bytes.hasRemaining() ? null : bytes.flip();
    }

    /// When it returns, the batch outlives a power cut; if it throws, nothing of it is left.
    void append(List<Staged> batch) throws IOException {
        if (channel == null) {
            end++;
            return;
        }
        if (torn) {
            channel.truncate(end);
        }
        torn = true;
        try {
            var bytes = bytes(batch);
            while (bytes.hasRemaining()) {
                int _ = channel.write(bytes, end + bytes.position());
            }
            channel.force(false);
            end += bytes.limit();
            torn = false;
        } finally {
            if (torn) {
                channel.truncate(end); // at once: what lacks room may be the database
            }
        }
    }

    private ByteBuffer bytes(List<Staged> batch) throws IOException {
        var out = new ByteArrayOutputStream(256 + 1024 * batch.size());
        var data = new DataOutputStream(out);
        data.writeLong(0); // the head's room
        for (var staged : batch) {
            write(staged, data);
        }
        var bytes = ByteBuffer.wrap(out.toByteArray());
        bytes.putInt(0, bytes.limit() - HEAD);
        bytes.putInt(Integer.BYTES, sum(bytes.slice(HEAD, bytes.limit() - HEAD)));
        return bytes;
    }

    private void write(Staged staged, DataOutputStream data) throws IOException {
        var entry = staged.entry();
        boolean sealed = seal.covers(entry.key());
        data.writeLong(entry.revision());
        data.writeLong(staged.previous());
        data.writeLong(entry.createdRevision());
        data.writeLong(entry.time().toEpochMilli());
        data.writeLong(staged.total());
        data.writeByte((entry.deleted() ? DELETED : 0) | (sealed ? SEALED : 0));
        var key = entry.key().getBytes(StandardCharsets.UTF_8);
        data.writeInt(key.length);
        data.write(key);
        var body = sealed ? seal.close(entry) : entry.body();
        data.writeInt(body.length);
        data.write(body);
    }

    private Staged entry(ByteBuffer from) {
        long revision = from.getLong();
        long previous = from.getLong();
        long created = from.getLong();
        var time = Instant.ofEpochMilli(from.getLong());
        long total = from.getLong();
        int flags = from.get();
        var key = new String(part(from), StandardCharsets.UTF_8);
        var entry =
                new Entry(
                        key, revision, previous, created, (flags & DELETED) != 0, time, part(from));
        return new Staged((flags & SEALED) != 0 ? seal.open(entry) : entry, previous, total);
    }

    private static byte[] part(ByteBuffer from) {
        var bytes = new byte[from.getInt()];
        from.get(bytes);
        return bytes;
    }

    private static int sum(ByteBuffer bytes) {
        var sum = new CRC32C();
        sum.update(bytes);
        return (int) sum.getValue();
    }

    /// Lets go of all batches. After a power cut they may be there again.
    void clear() throws IOException {
        end = 0;
        if (channel != null) {
            channel.truncate(0);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}

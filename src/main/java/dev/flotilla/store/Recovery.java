package dev.flotilla.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/// Finds the newest commit in a file that was not closed.
///
/// H2 2.5.252 writes the header of its file one commit late when it reuses space. Opened by it
/// after kill -9, the chain from that header may end early, and up to twenty synced commits are
/// left behind and then overwritten. Its recovery mode reads the whole file with care and finds
/// them; closing then writes a header that names the last. That takes half a second for 100 MB, so
/// a quick look for the newest commit tells first whether it is needed. (`RecoveryTest` fails
/// without this.)
final class Recovery {
    private static final int BLOCK = 4096; // each commit of H2 is a chunk, which begins on a block
    private static final int LINE = 256; // a chunk's first line and its footer fit in this
    private static final int CHUNK = 'c' | 'h' << 8 | 'u' << 16 | 'n' << 24;
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN);

    private Recovery() {}

    static void after(Path file) throws SQLException {
        try {
            if (Files.notExists(file) || wasClosed(file) || newest(file) <= found(file)) {
                return;
            }
            new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .recoveryMode()
                    .open()
                    .close();
        } catch (MVStoreException | IOException e) {
            throw new SQLException("recovery after a kill: " + e.getMessage(), e);
        }
    }

    private static boolean wasClosed(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(BLOCK), ISO_8859_1).contains(",clean:1,");
        }
    }

    /// The version that H2 would open.
    private static long found(Path file) {
        var store = new MVStore.Builder().fileName(file.toString()).readOnly().open();
        try {
            return store.getCurrentVersion();
        } finally {
            store.closeImmediately();
        }
    }

    /// The highest version of a chunk that is whole: one whose footer names it as its head does.
    static long newest(Path file) throws IOException {
        long newest = 0;
        try (var channel = FileChannel.open(file);
                var arena = Arena.ofConfined()) {
            var bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            for (long at = 0; at + BLOCK <= bytes.byteSize(); at += BLOCK) {
                if (bytes.get(INT, at) == CHUNK) {
                    newest = newer(bytes, at, newest);
                }
            }
        }
        return newest;
    }

    /// The version of the chunk there, if it is above `newest` and whole; else `newest`.
    private static long newer(MemorySegment bytes, long at, long newest) {
        var head = text(bytes, at);
        long version = hex(head, ",version:");
        if (version <= newest) {
            return newest;
        }
        long end = at + hex(head, ",len:") * BLOCK;
        return at < end
                        && end <= bytes.byteSize()
                        && text(bytes, end - LINE)
                                .contains(",version:" + Long.toHexString(version) + ",")
                ? version
                : newest;
    }

    /// The number after a name in a chunk's first line; -1 if there is none.
    private static long hex(String line, String name) {
        int from = line.indexOf(name) + name.length();
        int to = from;
        while (to < line.length() && Character.digit(line.charAt(to), 16) >= 0) {
            to++;
        }
        return from < name.length() || to == from || to - from > 15
                ? -1
                : Long.parseLong(line, from, to, 16);
    }

    private static String text(MemorySegment bytes, long at) {
        return new String(bytes.asSlice(at, LINE).toArray(ValueLayout.JAVA_BYTE), ISO_8859_1);
    }
}

package dev.flotilla.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/// Finds the newest commit in a file that was not closed.
///
/// H2 2.5.252 writes the header of its file one commit late when it reuses space. Opened by it
/// after kill -9, the chain from that header may end early, and up to twenty synced commits are
/// left behind and then overwritten. Its recovery mode reads the whole file and finds them; closing
/// then writes a header that names the last. (`StoreCrashTest` fails without this.)
final class Recovery {
    private static final int HEADER = 4096;

    private Recovery() {}

    static void after(Path file) throws SQLException {
        try {
            if (Files.notExists(file) || wasClosed(file)) {
                return;
            }
            var name = file.toString();
            new MVStore.Builder().fileName(name).autoCommitDisabled().recoveryMode().open().close();
        } catch (MVStoreException | IOException e) {
            throw new SQLException("recovery after a kill: " + e.getMessage(), e);
        }
    }

    private static boolean wasClosed(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEADER), ISO_8859_1).contains(",clean:1,");
        }
    }
}

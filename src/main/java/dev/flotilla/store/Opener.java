package dev.flotilla.store;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Predicate;

/// Opens the database: at first, and again when a failed write has closed it.
interface Opener {
    Database open() throws SQLException;

    /// What stands before the database; made once.
    Journal journal() throws IOException;

    /// An unnamed database is its connection's own, so writer and reader share it.
    static Opener inMemory() {
        return new Opener() {
            @Override
            public Database open() throws SQLException {
                var only = DriverManager.getConnection("jdbc:h2:mem:");
                return new Database(only, only, Seal.none());
            }

            @Override
            public Journal journal() {
                return Journal.none();
            }
        };
    }

    /// Looks before it touches: a newer schema or a missing key leaves the file as it was.
    ///
    /// - WRITE_DELAY=0: else H2 also writes from threads of its own, and CHECKPOINT SYNC does not
    ///   wait for what those have taken but not written.
    /// - RETENTION_TIME: space may be used again after a second; what is older was synced by then.
    static Opener of(Folder folder, Predicate<String> sealedKeys) {
        var file = folder.database();
        var url =
                "jdbc:h2:file:"
                        + file.toString().replaceFirst("\\.mv\\.db$", "")
                        + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;CACHE_SIZE=16384;RETENTION_TIME=1000;WRITE_DELAY=0";
        var key = KeyFile.open(folder.key(), Peek.into(file, url));
        var seal = new AesSeal(key, sealedKeys);
        return new Opener() {
            @Override
            public Database open() throws SQLException {
                Recovery.after(file);
                return connect(url, folder, seal, KeyFile.mark(key));
            }

            @Override
            public Journal journal() throws IOException {
                return Journal.in(folder.path(), seal);
            }
        };
    }

    private static Database connect(String url, Folder folder, Seal seal, long mark)
            throws SQLException {
        var writing = DriverManager.getConnection(url);
        try {
            folder.restrictDatabase();
            var database = new Database(writing, DriverManager.getConnection(url), seal);
            if (database.fact("key").isEmpty()) {
                database.setFact("key", mark);
                database.commitDurably();
            }
            return database;
        } catch (SQLException | StoreFailure e) {
            writing.close();
            throw e;
        }
    }
}

package dev.flotilla.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.OptionalLong;

/// A look into a database that leaves its file as it was.
final class Peek {
    private static final int TABLE_NOT_FOUND = 42102; // org.h2.api.ErrorCode
    private static final int TABLE_NOT_FOUND_AT_ALL = 42104; // in an empty database

    private Peek() {}

    /// @return the mark of the key its bodies are sealed with; empty while it has none
    /// @throws StoreFailure when a newer version made it, or it is no database
    static OptionalLong into(Path file, String url) {
        if (Files.notExists(file)) {
            return OptionalLong.empty();
        }
        try (var connection = DriverManager.getConnection(url + ";ACCESS_MODE_DATA=r")) {
            Schema.check(connection, file);
            return Schema.fact(connection, "key");
        } catch (SQLException e) {
            if (e.getErrorCode() == TABLE_NOT_FOUND || e.getErrorCode() == TABLE_NOT_FOUND_AT_ALL) {
                return OptionalLong.empty(); // killed before its first commit
            }
            throw Failures.of("open the database", file, e);
        }
    }
}

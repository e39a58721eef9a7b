package dev.flotilla.store;

import dev.flotilla.store.StoreFailure.Kind;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/// The tables, and the number that changes when they do.
///
/// `log` only grows, until it is compacted. `live` names the entries that were live at some past
/// revision, so that opening need not read the whole log. `facts` holds numbers by name.
final class Schema {
    static final int VERSION = 2;

    private static final List<String> TABLES =
            List.of(
                    """
                    CREATE TABLE IF NOT EXISTS log (
                        revision BIGINT PRIMARY KEY,
                        name VARCHAR NOT NULL,
                        previous BIGINT NOT NULL, -- revision of the same name; 0: none
                        created BIGINT NOT NULL,
                        deleted BOOLEAN NOT NULL,
                        time BIGINT NOT NULL, -- milliseconds since 1970
                        total BIGINT NOT NULL, -- weight in bytes of all entries ever, with this one
                        sealed BOOLEAN NOT NULL,
                        body VARBINARY NOT NULL)
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS live (
                        revision BIGINT PRIMARY KEY)
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS facts (
                        name VARCHAR PRIMARY KEY,
                        number BIGINT NOT NULL)
                    """);

    private Schema() {}

    static void create(Connection connection) throws SQLException {
        try (var sql = connection.createStatement()) {
            for (var table : TABLES) {
                sql.execute(table);
            }
        }
        if (fact(connection, "version").orElse(0) < VERSION) {
            takeOver(connection);
            setFact(connection, "version", VERSION);
        }
        connection.commit();
    }

    /// Version 1 named the live entries by key, which cost a search in another order each.
    private static void takeOver(Connection connection) throws SQLException {
        try (var sql = connection.createStatement()) {
            if (sql.executeQuery(
                            "SELECT 1 FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'BASE'")
                    .next()) {
                sql.execute("INSERT INTO live SELECT revision FROM base ORDER BY revision");
                sql.execute("DROP TABLE base");
            }
        }
    }

    /// @throws StoreFailure when a newer version made the tables
    static void check(Connection connection, Path file) throws SQLException {
        long found = fact(connection, "version").orElse(VERSION);
        if (found > VERSION) {
            throw new StoreFailure(
                    Kind.NEWER_VERSION,
                    "database %s has schema version %d, and this Flotilla knows up to %d. It was left as it is: use the newer Flotilla"
                            .formatted(file, found, VERSION),
                    null);
        }
    }

    static OptionalLong fact(Connection connection, String name) throws SQLException {
        try (var sql = connection.prepareStatement("SELECT number FROM facts WHERE name = ?")) {
            sql.setString(1, name);
            try (var row = sql.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    static void setFact(Connection connection, String name, long number) throws SQLException {
        try (var sql = connection.prepareStatement("MERGE INTO facts VALUES (?, ?)")) {
            sql.setString(1, name);
            sql.setLong(2, number);
            sql.executeUpdate();
        }
    }
}

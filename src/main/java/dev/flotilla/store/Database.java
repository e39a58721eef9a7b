package dev.flotilla.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The log as H2 tables, over one connection for the writer and one for the reader of old history.
///
/// `log` only grows, until it is compacted. `base` names the live entry of each key at some past
/// revision, so that opening need not read the whole log; `facts` holds a few numbers by name.
final class Database implements AutoCloseable {
    private static final String SELECT =
            "SELECT revision, name, created, deleted, time, sealed, body FROM log ";

    private final Connection writing;
    private final Connection reading;
    private final Seal seal;

    private Database(Connection writing, Connection reading, Seal seal) throws SQLException {
        this.writing = writing;
        this.reading = reading;
        this.seal = seal;
        writing.setAutoCommit(false);
        for (var table : Schema.TABLES) {
            try (var sql = writing.createStatement()) {
                sql.execute(table);
            }
        }
        writing.commit();
    }

    /// An unnamed database is its connection's own, so both sides share it.
    static Database inMemory(Seal seal) throws SQLException {
        var only = DriverManager.getConnection("jdbc:h2:mem:");
        return new Database(only, only, seal);
    }

    static Database at(String url, Seal seal) throws SQLException {
        var writing = DriverManager.getConnection(url);
        try {
            return new Database(writing, DriverManager.getConnection(url), seal);
        } catch (SQLException e) {
            writing.close();
            throw e;
        }
    }

    /// Adds entries to the open transaction.
    void append(List<Staged> batch) throws SQLException {
        try (var sql =
                writing.prepareStatement("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (var staged : batch) {
                var entry = staged.entry();
                boolean sealed = seal.covers(entry.key());
                sql.setLong(1, entry.revision());
                sql.setString(2, entry.key());
                sql.setLong(3, staged.previous());
                sql.setLong(4, entry.createdRevision());
                sql.setBoolean(5, entry.deleted());
                sql.setLong(6, entry.time().toEpochMilli());
                sql.setBoolean(7, sealed);
                sql.setBytes(8, sealed ? seal.close(entry) : entry.body());
                sql.addBatch();
            }
            sql.executeBatch();
        }
    }

    /// Ends the transaction; when it returns, what it wrote outlives a power cut.
    void commitDurably() throws SQLException {
        writing.commit();
        try (var sql = writing.createStatement()) {
            sql.execute("CHECKPOINT SYNC");
        }
        writing.commit();
    }

    void rollback() throws SQLException {
        writing.rollback();
    }

    /// Entries below `prefix` with `after < revision <= upTo`.
    List<Entry> page(String prefix, long after, long upTo) throws SQLException {
        try (var sql =
                reading.prepareStatement(
                        SELECT + "WHERE revision > ? AND revision <= ? ORDER BY revision")) {
            sql.setLong(1, after);
            sql.setLong(2, upTo);
            return entries(sql, prefix);
        }
    }

    private List<Entry> entries(PreparedStatement sql, String prefix) throws SQLException {
        var found = new ArrayList<Entry>();
        try (var rows = sql.executeQuery()) {
            while (rows.next()) {
                if (rows.getString(2).startsWith(prefix)) {
                    found.add(entry(rows));
                }
            }
        }
        return found;
    }

    private Entry entry(ResultSet row) throws SQLException {
        var entry =
                new Entry(
                        row.getString(2),
                        row.getLong(1),
                        row.getLong(3),
                        row.getBoolean(4),
                        Instant.ofEpochMilli(row.getLong(5)),
                        row.getBytes(7));
        return row.getBoolean(6) ? seal.open(entry) : entry;
    }

    @Override
    public void close() throws SQLException {
        try (reading;
                writing) {
            if (!writing.isClosed()) {
                writing.commit();
            }
        }
    }
}

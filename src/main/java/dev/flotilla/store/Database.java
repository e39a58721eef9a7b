package dev.flotilla.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The log in H2: one connection for the writer, one for the reader of old history.
final class Database implements AutoCloseable {
    private static final String COLUMNS =
            "log.revision, log.name, created, deleted, time, sealed, body, previous";

    private final Connection writing;
    private final Connection reading;
    private final Seal seal;

    Database(Connection writing, Connection reading, Seal seal) throws SQLException {
        this.writing = writing;
        this.reading = reading;
        this.seal = seal;
        writing.setAutoCommit(false);
        Schema.create(writing);
    }

    /// Adds entries to the open transaction.
    void append(List<Staged> batch) throws SQLException {
        try (var sql =
                writing.prepareStatement("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (var staged : batch) {
                var entry = staged.entry();
                boolean sealed = seal.covers(entry.key());
                sql.setLong(1, entry.revision());
                sql.setString(2, entry.key());
                sql.setLong(3, staged.previous());
                sql.setLong(4, entry.createdRevision());
                sql.setBoolean(5, entry.deleted());
                sql.setLong(6, entry.time().toEpochMilli());
                sql.setLong(7, staged.total());
                sql.setBoolean(8, sealed);
                sql.setBytes(9, sealed ? seal.close(entry) : entry.body());
                sql.addBatch();
            }
            sql.executeBatch();
        }
    }

    /// Names entries as live, or no longer, in the open transaction.
    void rename(Base.Step step) throws SQLException {
        if (!step.live().isEmpty()) {
            each("INSERT INTO live VALUES (?)", step.live());
        }
        if (!step.ended().isEmpty()) {
            each("DELETE FROM live WHERE revision = ?", step.ended());
        }
    }

    /// Forgets the names of entries after a revision, in the open transaction.
    void unname(long after) throws SQLException {
        try (var sql = writing.prepareStatement("DELETE FROM live WHERE revision > ?")) {
            sql.setLong(1, after);
            sql.executeUpdate();
        }
    }

    /// Deletes rows of the log in the open transaction.
    void delete(List<Long> revisions) throws SQLException {
        each("DELETE FROM log WHERE revision = ?", revisions);
    }

    private void each(String statement, List<Long> revisions) throws SQLException {
        try (var sql = writing.prepareStatement(statement)) {
            for (long revision : revisions) {
                sql.setLong(1, revision);
                sql.addBatch();
            }
            sql.executeBatch();
        }
    }

    /// Forgets what was never answered for: rows after the last published revision.
    void truncate(long after) throws SQLException {
        try (var sql = writing.prepareStatement("DELETE FROM log WHERE revision > ?")) {
            sql.setLong(1, after);
            sql.executeUpdate();
        }
    }

    /// Ends the transaction; a power cut may still undo it, whole.
    void commit() throws SQLException {
        writing.commit();
    }

    /// Ends the transaction; when it returns, what it wrote outlives a power cut.
    void commitDurably() throws SQLException {
        writing.commit();
        try (var sql = writing.createStatement()) {
            sql.execute("CHECKPOINT SYNC");
        }
        writing.commit();
    }

    OptionalLong fact(String name) throws SQLException {
        return Schema.fact(writing, name);
    }

    void setFact(String name, long number) throws SQLException {
        Schema.setFact(writing, name, number);
    }

    /// The entries that are named as live, oldest first.
    List<Entry> based() throws SQLException {
        return entries(
                writing,
                "SELECT "
                        + COLUMNS
                        + " FROM live JOIN log ON log.revision = live.revision ORDER BY"
                        + " live.revision");
    }

    /// Of the rows with `after < revision <= upTo`, those whose key begins with `prefix`.
    List<Entry> page(String prefix, long after, long upTo) throws SQLException {
        return entries(
                reading,
                "SELECT "
                        + COLUMNS
                        + " FROM log WHERE revision > ? AND revision <= ? AND LEFT(name, ?) = ?"
                        + " ORDER BY revision",
                after,
                upTo,
                prefix.length(),
                prefix);
    }

    /// What compaction needs to know of the rows after a revision.
    List<Compaction.Row> rows(long after, int limit) throws SQLException {
        try (var sql =
                writing.prepareStatement(
                        "SELECT revision, previous, deleted, time, total FROM log"
                                + " WHERE revision > ? ORDER BY revision LIMIT ?")) {
            sql.setLong(1, after);
            sql.setInt(2, limit);
            var found = new ArrayList<Compaction.Row>();
            try (var row = sql.executeQuery()) {
                while (row.next()) {
                    found.add(
                            new Compaction.Row(
                                    row.getLong(1),
                                    row.getLong(2),
                                    row.getBoolean(3),
                                    Instant.ofEpochMilli(row.getLong(4)),
                                    row.getLong(5)));
                }
            }
            return found;
        }
    }

    /// Revision and total of the newest row; zeros in an empty log.
    long[] newest() throws SQLException {
        try (var sql = writing.createStatement();
                var row =
                        sql.executeQuery(
                                "SELECT revision, total FROM log ORDER BY revision DESC LIMIT 1")) {
            return row.next() ? new long[] {row.getLong(1), row.getLong(2)} : new long[2];
        }
    }

    private List<Entry> entries(Connection connection, String query, Object... values)
            throws SQLException {
        try (var sql = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                sql.setObject(i + 1, values[i]);
            }
            var found = new ArrayList<Entry>();
            try (var rows = sql.executeQuery()) {
                while (rows.next()) {
                    found.add(entry(rows));
                }
            }
            return found;
        }
    }

    private Entry entry(ResultSet row) throws SQLException {
        var entry =
                new Entry(
                        row.getString(2),
                        row.getLong(1),
                        row.getLong(8),
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

package dev.flotilla.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// What is published: the index and the ring over the database, and the number of the last commit.
final class Log {
    private final Index index = new Index();
    private final Ring ring = new Ring(16_384, 64 << 20);
    private final Wakes wakes = new Wakes();
    private final Database database;
    private volatile long revision;

    Log(Database database) {
        this.database = database;
    }

    Index index() {
        return index;
    }

    Ring ring() {
        return ring;
    }

    Wakes wakes() {
        return wakes;
    }

    long revision() {
        return revision;
    }

    Batch batch(Instant time) {
        return new Batch(index, revision, time);
    }

    /// Makes the batch durable, then lets everyone see it.
    void commit(Batch batch) {
        if (batch.staged().isEmpty()) {
            return;
        }
        try {
            database.append(batch.staged());
            database.commitDurably();
        } catch (SQLException e) {
            throw new StoreFailure(StoreFailure.Kind.BROKEN, "could not write: " + e, e);
        }
        publish(batch.entries());
    }

    void close() {
        try {
            database.close();
        } catch (SQLException e) {
            throw new StoreFailure(StoreFailure.Kind.BROKEN, "could not close: " + e, e);
        }
    }

    private void publish(List<Entry> entries) {
        entries.forEach(ring::add);
        index.apply(entries);
        revision = entries.getLast().revision();
        wakes.wake();
    }
}

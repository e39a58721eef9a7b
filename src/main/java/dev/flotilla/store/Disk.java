package dev.flotilla.store;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/// The database as the store lives with it: opened, written, mended after a failure. The writer's
/// alone, but for [#page].
///
/// H2 closes its file for good at the first failed write, and when a thread that reads is
/// interrupted. So a failed write opens it anew, and reads of callers run on a thread of its own.
final class Disk implements AutoCloseable {
    private static final int PAGE = 1_000;

    private final Opener opener;
    private final Object where;
    private final Log log;
    private final Upkeep upkeep;
    private final ExecutorService reader =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("store-reader").daemon().factory());
    private volatile @Nullable Database database;

    /// Opens the database and loads what it holds into `log`.
    ///
    /// @param where for messages: the database's file
    Disk(Opener opener, Object where, Log log, Retention retention) {
        this.opener = opener;
        this.where = where;
        this.log = log;
        this.upkeep = new Upkeep(log, retention);
        try {
            load(connect());
        } catch (SQLException | RuntimeException e) {
            var failure = Failures.of("open the store", where, e);
            drop(failure);
            reader.shutdown();
            throw failure;
        }
    }

    private void load(Database db) throws SQLException {
        long compacted = db.fact("compacted").orElse(0);
        var newest = db.newest();
        long revision = Math.max(newest[0], compacted);
        log.compacted(compacted);
        log.load(db.based());
        for (long at = upkeep.based(); at < revision; at += PAGE) {
            var page = db.page("", at, Math.min(at + PAGE, revision));
            log.load(page);
            upkeep.took(page);
        }
        log.open(revision, Math.max(newest[1], db.fact("compactedTotal").orElse(0)));
    }

    /// Writes the batch, so that it outlives a power cut; or leaves nothing of it.
    ///
    /// Tried twice: the first failure may be that of an earlier moment, found only now.
    void write(Batch batch) {
        for (boolean again : new boolean[] {true, false}) {
            try {
                var db = mended();
                db.append(batch.staged());
                upkeep.ride(db, batch.staged().size());
                db.commitDurably();
                upkeep.took(batch.entries());
                return;
            } catch (SQLException | RuntimeException e) {
                var failure = Failures.of("write " + batch.staged().size() + " entries", where, e);
                drop(failure);
                if (!again) {
                    throw failure;
                }
            }
        }
    }

    /// Does one bounded step of what is due.
    ///
    /// @return whether there may be more to do at once
    boolean maintain(Instant now) {
        try {
            return upkeep.step(mended(), now);
        } catch (SQLException | RuntimeException e) {
            var failure = Failures.of("tidy the log", where, e);
            drop(failure);
            System.getLogger(Disk.class.getName())
                    .log(System.Logger.Level.WARNING, failure.getMessage());
            return false;
        }
    }

    private Database mended() throws SQLException {
        var open = database;
        if (open != null) {
            return open;
        }
        var db = connect();
        long held = Math.max(db.newest()[0], db.fact("compacted").orElse(0));
        if (held < log.revision()) {
            throw new StoreFailure(
                    StoreFailure.Kind.BROKEN,
                    "%s ends at revision %d, and %d was acknowledged. Stop, and look at the disk"
                            .formatted(where, held, log.revision()),
                    null);
        }
        db.truncate(log.revision());
        db.commitDurably();
        upkeep.follow(db, log.revision());
        return db;
    }

    private Database connect() throws SQLException {
        var db = opener.open();
        database = db;
        upkeep.restart(db);
        return db;
    }

    private void drop(Throwable failure) {
        var db = database;
        database = null;
        if (db != null) {
            try {
                db.close();
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
    }

    /// Of the entries with `after < revision <= upTo`, those below `prefix`.
    List<Entry> page(String prefix, long after, long upTo) {
        try {
            return CompletableFuture.supplyAsync(() -> read(prefix, after, upTo), reader).join();
        } catch (RejectedExecutionException e) {
            throw Failures.closed();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StoreFailure failure ? failure : e;
        }
    }

    private List<Entry> read(String prefix, long after, long upTo) {
        try {
            var db = database;
            if (db == null) {
                throw new SQLException("the database is closed after a failed write");
            }
            return db.page(prefix, after, upTo);
        } catch (SQLException e) {
            throw Failures.of("read history after revision " + after, where, e);
        }
    }

    /// Leaves the base whole, so that the next opening reads no log.
    @Override
    public void close() {
        reader.shutdown();
        var db = database;
        database = null;
        if (db == null) {
            return;
        }
        try (db) {
            upkeep.finish(db);
        } catch (SQLException | RuntimeException e) {
            throw Failures.of("close the store", where, e);
        }
    }
}

package dev.flotilla.store;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/// The one thread that writes to the database: takes over what the journal holds, a few times a
/// second and many entries at once, and keeps the log fit. Who writes does not wait for it.
///
/// H2 closes its file for good at the first failed write. So a failed write opens it anew; what was
/// not taken over is still in the journal.
final class Mover implements Runnable {
    private static final int GATHER_MILLIS = 100;
    private static final int RETRY_MILLIS = 1_000;
    private static final int TRANSACTION = 1_000;
    private static final System.Logger LOG = System.getLogger(Mover.class.getName());

    private final Opener opener;
    private final Object where;
    private final Log log;
    private final Backlog backlog;
    private final Upkeep upkeep;
    private final InstantSource time;
    private Journal journal = Journal.none();
    private volatile @Nullable Database database;
    private volatile @Nullable StoreFailure failure;
    private volatile boolean closing;
    private long held; // the last revision that is durable in the database

    /// Opens the database.
    Mover(
            Opener opener,
            Object where,
            Log log,
            Backlog backlog,
            Retention retention,
            InstantSource time)
            throws SQLException {
        this.opener = opener;
        this.where = where;
        this.log = log;
        this.backlog = backlog;
        this.time = time;
        this.upkeep = new Upkeep(log, retention);
        try {
            connect();
        } catch (SQLException | RuntimeException e) {
            drop(e);
            throw e;
        }
    }

    /// Loads what the database holds into the log.
    ///
    /// @return the weight of all entries up to [#held]
    long load(int pageSize) throws SQLException {
        var db = mended();
        long compacted = db.fact("compacted").orElse(0);
        var newest = db.newest();
        held = Math.max(newest[0], compacted);
        log.compacted(compacted);
        log.load(db.based());
        for (long at = upkeep.based(); at < held; at += pageSize) {
            var page = db.page("", at, Math.min(at + pageSize, held));
            log.load(page);
            upkeep.took(page);
        }
        return Math.max(newest[1], db.fact("compactedTotal").orElse(0));
    }

    long held() {
        return held;
    }

    /// Before it runs.
    void follow(Journal from) {
        journal = from;
    }

    void stop() {
        closing = true;
    }

    @Override
    public void run() {
        try {
            while (!closing) {
                boolean more = step();
                if (failure != null) {
                    backlog.awaitMuch(RETRY_MILLIS);
                } else if (!more) {
                    backlog.awaitMuch(GATHER_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    /// @return whether there may be more to do at once
    private boolean step() {
        try {
            var db = mended();
            move(db);
            boolean more = upkeep.step(db, Math.min(held, log.revision()), time.instant());
            failure = null;
            return more;
        } catch (SQLException | IOException | RuntimeException e) {
            var now = Failures.of("take over the journal", where, e);
            drop(now);
            if (failure == null) {
                LOG.log(System.Logger.Level.WARNING, now.getMessage());
            }
            failure = now;
            return false;
        }
    }

    /// Takes over what the journal holds up to now.
    private void move(Database db) throws SQLException, IOException {
        long upTo = journal.seal();
        var all = backlog.upTo(upTo);
        for (int at = 0; at < all.size(); at += TRANSACTION) {
            var some = all.subList(at, Math.min(at + TRANSACTION, all.size()));
            db.append(some);
            upkeep.ride(db, some.size());
            db.commitDurably();
            upkeep.took(some.stream().map(Staged::entry).toList());
            held = some.getLast().entry().revision();
            backlog.remove(some);
        }
        if (upTo != 0) {
            journal.release();
        }
    }

    /// Why entries stay in the journal.
    StoreFailure failure() {
        var why = failure;
        return why != null
                ? why
                : new StoreFailure(
                        StoreFailure.Kind.BROKEN,
                        "could not write in %s: the disk is too slow".formatted(where),
                        null);
    }

    private Database mended() throws SQLException {
        var open = database;
        if (open != null) {
            return open;
        }
        var db = connect();
        long found = Math.max(db.newest()[0], db.fact("compacted").orElse(0));
        if (found < held) {
            throw new StoreFailure(
                    StoreFailure.Kind.BROKEN,
                    "%s ends at revision %d, and %d was acknowledged. Stop, and look at the disk"
                            .formatted(where, found, held),
                    null);
        }
        db.truncate(held);
        db.commitDurably();
        upkeep.follow(db, held);
        return db;
    }

    private Database connect() throws SQLException {
        var db = opener.open();
        database = db;
        upkeep.restart(db);
        return db;
    }

    void drop(Throwable why) {
        var db = database;
        database = null;
        if (db != null) {
            try {
                db.close();
            } catch (SQLException e) {
                why.addSuppressed(e);
            }
        }
    }

    /// Of the entries with `after < revision <= upTo`, those below `prefix` that are here.
    List<Entry> read(String prefix, long after, long upTo) {
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

    /// Takes over all that is left and closes the database; once [#run] has ended.
    void finish() {
        try {
            var db = mended();
            move(db); // what was sealed before
            move(db);
            database = null;
            try (db) {
                upkeep.finish(db, held);
            }
        } catch (SQLException | IOException | RuntimeException e) {
            var why = Failures.of("close the store", where, e);
            drop(why);
            throw why;
        }
    }
}

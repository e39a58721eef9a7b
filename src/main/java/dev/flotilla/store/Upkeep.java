package dev.flotilla.store;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// Keeps the log fit: moves the base along behind it, with the entries that make it lag, and
/// compacts old history, in steps of a few milliseconds. Nothing here waits for the disk: a step
/// that a power cut undoes is done again.
final class Upkeep {
    private static final int STEP = 500;
    private static final int BASE_LAG = 5_000;
    private static final int RIDE = 4;

    private final Base base = new Base(BASE_LAG);
    private final Log log;
    private final Retention retention;
    private long compacted;
    private long compactedTotal;
    private Compaction.@Nullable Row next; // the first after the compaction point, once known
    private boolean compacting;

    Upkeep(Log log, Retention retention) {
        this.log = log;
        this.retention = retention;
    }

    /// Begins from what a database, just opened, says of itself.
    void restart(Database db) throws SQLException {
        base.restart(db.fact("base").orElse(0));
        db.unname(base.revision());
        compacted = db.fact("compacted").orElse(0);
        compactedTotal = db.fact("compactedTotal").orElse(0);
        next = null;
        compacting = false;
    }

    /// Everything up to here is in the base.
    long based() {
        return base.revision();
    }

    /// Reads what the base has to catch up on.
    void follow(Database db, long revision) throws SQLException {
        for (long at = based(); at < revision; at += STEP) {
            base.took(db.page("", at, Math.min(at + STEP, revision)));
        }
    }

    void took(List<Entry> entries) {
        base.took(entries);
    }

    /// Moves the base, if it lags, in the open transaction of as many entries: faster than they
    /// make it lag.
    void ride(Database db, int size) throws SQLException {
        if (base.due()) {
            move(db, RIDE * size);
        }
    }

    /// @param held the last revision in the database
    /// @return whether there may be more to do at once
    boolean step(Database db, long held, Instant now) throws SQLException {
        compacting |= late(db, held, now);
        if (compacting) {
            compacting = compact(db, held, now);
        }
        return compacting;
    }

    /// Whether history outgrew its bounds. Age is given a little over, and [#compact] goes below
    /// the bytes, so that it runs now and then and not for every entry.
    private boolean late(Database db, long held, Instant now) throws SQLException {
        if (held == compacted) {
            return false;
        }
        if (next == null) {
            next = db.rows(compacted, 1).getFirst();
        }
        var grace = retention.age().dividedBy(64);
        return log.total() - compactedTotal > retention.bytes()
                || Compaction.due(next, now.minus(retention.age()).minus(grace), 0);
    }

    private boolean compact(Database db, long held, Instant now) throws SQLException {
        var plan =
                Compaction.plan(
                        compacted,
                        compactedTotal,
                        db.rows(compacted, STEP),
                        held,
                        now.minus(retention.age()),
                        log.total() - retention.bytes() / 8 * 7);
        if (plan.upTo() == compacted) {
            return false;
        }
        if (plan.upTo() > base.revision()) {
            moveBase(db); // it must not name rows that are gone
            return true;
        }
        log.compacted(plan.upTo());
        db.delete(plan.deletes());
        db.setFact("compacted", plan.upTo());
        db.setFact("compactedTotal", plan.total());
        db.commit();
        compacted = plan.upTo();
        compactedTotal = plan.total();
        next = null;
        return true;
    }

    private void moveBase(Database db) throws SQLException {
        move(db, STEP);
        db.commit();
    }

    private void move(Database db, int limit) throws SQLException {
        long before = base.revision();
        db.rename(base.step(limit));
        if (base.revision() != before) {
            db.setFact("base", base.revision());
        }
    }

    void finish(Database db, long held) throws SQLException {
        while (base.revision() < held) {
            moveBase(db);
        }
        db.commitDurably();
    }
}

package dev.flotilla.store;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/// Where the log is kept: a batch is durable once it is in the journal, and the [Mover] takes it on
/// into the database.
final class Disk implements Keeper {
    private static final int PAGE = 1_000;
    private static final int WORTH_MOVING = 1_000;
    private static final long BACKLOG_BYTES = 64 << 20;
    private static final int PATIENCE_MILLIS = 10_000;

    private final Object where;
    private final Log log;
    private final Backlog backlog = new Backlog(WORTH_MOVING, BACKLOG_BYTES);
    private final Journal journal;
    private final Mover mover;
    private final ExecutorService reader =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("store-reader").daemon().factory());
    private @Nullable Thread thread;

    /// Opens the database and loads what it and the journal hold into `log`.
    ///
    /// @param where for messages: the database's file
    Disk(Opener opener, Object where, Log log, Retention retention, InstantSource time) {
        this.where = where;
        this.log = log;
        try {
            mover = new Mover(opener, where, log, backlog, retention, time);
            try {
                journal = opener.journal();
                load();
            } catch (SQLException | IOException | RuntimeException e) {
                mover.drop(e);
                throw e;
            }
        } catch (SQLException | IOException | RuntimeException e) {
            reader.shutdown();
            throw Failures.of("open the store", where, e);
        }
    }

    private void load() throws SQLException, IOException {
        long total = mover.load(PAGE);
        long revision = mover.held();
        var newest = journal.recover(revision);
        if (!newest.isEmpty()) {
            backlog.add(newest);
            log.load(newest.stream().map(Staged::entry).toList());
            revision = newest.getLast().entry().revision();
            total = newest.getLast().total();
        }
        log.open(revision, total);
    }

    /// Lets the database follow from now on.
    void start() {
        mover.follow(journal);
        thread = Thread.ofPlatform().name("store-mover").daemon().start(mover);
    }

    /// Writes the batch, so that it outlives a power cut; or leaves nothing of it.
    @Override
    public void write(Batch batch) {
        awaitRoom();
        var staged = List.copyOf(batch.staged());
        backlog.add(staged); // first: what is in the journal must be found here
        try {
            journal.append(staged);
        } catch (IOException | RuntimeException e) {
            backlog.remove(staged);
            throw Failures.of("write " + staged.size() + " entries", where, e);
        }
    }

    private void awaitRoom() {
        try {
            if (!backlog.awaitRoom(PATIENCE_MILLIS)) {
                throw mover.failure();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.closed();
        }
    }

    @Override
    public List<Entry> page(String prefix, long after, long upTo) {
        var all = new TreeMap<Long, Entry>();
        backlog.page(prefix, after, upTo).forEach(entry -> all.put(entry.revision(), entry));
        for (var entry : moved(prefix, after, upTo)) { // later: what is moved now is in both
            all.put(entry.revision(), entry);
        }
        return List.copyOf(all.values());
    }

    /// H2 closes its file for good when a thread that reads is interrupted: so callers don't.
    private List<Entry> moved(String prefix, long after, long upTo) {
        try {
            return CompletableFuture.supplyAsync(() -> mover.read(prefix, after, upTo), reader)
                    .join();
        } catch (RejectedExecutionException e) {
            throw Failures.closed();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StoreFailure failure ? failure : e;
        }
    }

    /// Leaves all in the database and its base whole, so that the next opening reads no log.
    @Override
    public void close() {
        reader.shutdown();
        mover.stop();
        backlog.hurry();
        boolean interrupted = false;
        while (thread != null && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        try (journal) {
            mover.finish();
        } catch (IOException e) {
            throw Failures.of("close the journal of", where, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

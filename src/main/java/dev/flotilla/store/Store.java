package dev.flotilla.store;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A revisioned log of bodies by key, durable before it answers.
///
/// Each write takes the next revision, with no gap. Reads and watches see what is durable, and
/// nothing else. Safe for any number of threads.
public final class Store implements AutoCloseable {
    private final Log log;
    private final Writer writer;
    private final Thread thread;

    private Store(Database database, InstantSource time) {
        log = new Log(database);
        writer = new Writer(log, time);
        thread = Thread.ofPlatform().name("store-writer").daemon().start(writer);
    }

    /// The same code on a database that dies with its owner.
    public static Store inMemory(InstantSource time) {
        try {
            return new Store(Database.inMemory(Seal.none()), time);
        } catch (SQLException e) {
            throw new StoreFailure(StoreFailure.Kind.BROKEN, "H2 in memory: " + e, e);
        }
    }

    /// The last published commit; 0 before the first.
    public long revision() {
        return log.revision();
    }

    /// The live entry of `key`.
    public Optional<Entry> get(String key) {
        return log.index().get(key);
    }

    /// The live entries whose keys begin with `prefix`; all of them for the empty prefix.
    public Snapshot list(String prefix) {
        return log.index().list(prefix);
    }

    /// Does all or nothing, as one transaction; returns when it is durable and published. An
    /// interrupt does not cut the wait short, since the outcome would be unknown; it is kept.
    ///
    /// @throws StoreFailure when the disk refused; nothing of `all` happened then
    public Result write(List<Write> all) {
        boolean interrupted = Thread.interrupted();
        try {
            CompletableFuture<Result> answer = null;
            while (answer == null) {
                try {
                    answer = writer.submit(all);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// A cursor over the entries below `prefix` that came after revision `since`.
    ///
    /// @param since the revision already seen, such as [Snapshot#revision]; 0 for all there ever
    ///   was
    /// @throws Compacted when that history is not kept, or `since` is not yet written
    public Cursor watch(String prefix, long since) {
        return new LogCursor(log, prefix, since);
    }

    /// Runs `wake` after each commit or some commits together, on a thread that holds up nobody.
    public void onCommit(Runnable wake) {
        log.wakes().add(wake);
    }

    public void removeOnCommit(Runnable wake) {
        log.wakes().remove(wake);
    }

    /// Ends the writer after the batch it is at; later writes are refused.
    @Override
    public void close() {
        writer.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        log.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

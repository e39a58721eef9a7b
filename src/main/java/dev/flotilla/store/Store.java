package dev.flotilla.store;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/// A revisioned log of bodies by key, durable before it answers.
///
/// Each write takes the next revision, with no gap. Reads and watches see what is durable, and
/// nothing else. Safe for any number of threads.
public final class Store implements AutoCloseable {
    private final Log log = new Log();
    private final Wakes wakes = new Wakes();
    private final Keeper keeper;
    private final Writer writer;
    private final @Nullable Thread thread; // null: who writes does it himself
    private final Runnable release;

    private Store(
            Opener opener,
            Object where,
            InstantSource time,
            Retention retention,
            Runnable release) {
        var disk = new Disk(opener, where, log, retention, time);
        keeper = disk;
        writer = new Writer(log, keeper, wakes, time);
        thread = Thread.ofPlatform().name("store-writer").daemon().start(writer);
        disk.start();
        this.release = release;
    }

    private Store(Snapshot from, InstantSource time) {
        keeper = new Memory(from.revision());
        writer = new Writer(log, keeper, wakes, time);
        thread = null;
        release = () -> {};
        log.compacted(from.revision());
        log.load(from.entries());
        log.open(from.revision(), 0);
    }

    /// The store in `folder`, with the standard retention.
    ///
    /// @see #open(Path, InstantSource, Predicate, Retention)
    public static Store open(Path folder, InstantSource time, Predicate<String> sealedKeys) {
        return open(folder, time, sealedKeys, Retention.STANDARD);
    }

    /// The store in `folder`, which is made when missing, and made private to its owner.
    ///
    /// @param sealedKeys whose bodies are encrypted on the disk, with the key in `flotilla.key`
    /// @throws StoreFailure when another master holds the folder, the database is of a newer
    ///   version, or the key of sealed bodies is missing; nothing is touched then
    public static Store open(
            Path folder, InstantSource time, Predicate<String> sealedKeys, Retention retention) {
        return open(Folder.claim(folder.toAbsolutePath()), time, sealedKeys, retention);
    }

    /// The store in a folder that is held already, with the standard retention. It is let go when
    /// the store is closed, or can't be opened.
    public static Store open(Folder claim, InstantSource time, Predicate<String> sealedKeys) {
        return open(claim, time, sealedKeys, Retention.STANDARD);
    }

    private static Store open(
            Folder claim, InstantSource time, Predicate<String> sealedKeys, Retention retention) {
        try {
            return new Store(
                    Opener.of(claim, sealedKeys), claim.database(), time, retention, claim::close);
        } catch (RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    /// The same code on a database that dies with its owner.
    public static Store inMemory(InstantSource time) {
        return inMemory(time, Retention.STANDARD);
    }

    public static Store inMemory(InstantSource time, Retention retention) {
        return new Store(Opener.inMemory(), "memory", time, retention, () -> {});
    }

    /// One without a database or a thread of its own, for simulations: whoever writes waits for
    /// nobody, and all history is kept until it is closed.
    ///
    /// @param from what it holds at first
    public static Store simulated(InstantSource time, Snapshot from) {
        return new Store(from, time);
    }

    /// The last published commit; 0 before the first.
    public long revision() {
        return log.revision();
    }

    /// History up to this revision is not kept: the oldest a watch may begin from.
    public long compacted() {
        return log.compacted();
    }

    /// The live entry of `key`.
    public Optional<Entry> get(String key) {
        return log.index().get(key);
    }

    /// The live entries whose keys begin with `prefix`; all of them for the empty prefix.
    public Snapshot list(String prefix) {
        return log.index().list(prefix);
    }

    /// What was written at a revision, as long as it is kept: until compaction has passed both it
    /// and what followed it.
    public Optional<Entry> at(long revision) {
        if (revision < 1 || revision > log.revision()) {
            return Optional.empty();
        }
        var near = log.ring().get(revision);
        return near != null
                ? Optional.of(near)
                : keeper.page("", revision - 1, revision).stream().findFirst();
    }

    /// Does all or nothing, as one transaction; returns when it is durable and published. An
    /// interrupt does not cut the wait short, since the outcome would be unknown; it is kept.
    ///
    /// @throws StoreFailure when the disk refused; nothing of `all` happened then
    public Result write(List<Write> all) {
        boolean interrupted = Thread.interrupted();
        try {
            if (thread == null) {
                return writer.now(all);
            }
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
        return new LogCursor(log, keeper, prefix, since);
    }

    /// Runs `wake` after each commit or some commits together, on a thread that holds up nobody.
    public void onCommit(Runnable wake) {
        wakes.add(wake);
    }

    public void removeOnCommit(Runnable wake) {
        wakes.remove(wake);
    }

    /// Ends the writer after the batch it is at; later writes are refused.
    @Override
    public void close() {
        writer.close();
        boolean interrupted = false;
        while (thread != null && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        try {
            keeper.close();
        } finally {
            release.run();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

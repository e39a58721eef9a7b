package dev.flotilla.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The newest commits, durable in plain files until the database has them too: an append and one
/// sync, where a commit of H2 writes pages, its roots and a map of them.
///
/// Two files take turns. While the database takes over what is in the one, the other is appended
/// to; then the first is emptied.
final class Journal implements AutoCloseable {
    private final JournalFile[] files;
    private int current;
    private long appended; // the last revision in them
    private long sealed; // the last revision of the file that is not current; 0: that is empty

    private Journal(JournalFile... files) {
        this.files = files;
    }

    /// @param seal for the bodies that must not be read on the disk
    static Journal in(Path folder, Seal seal) throws IOException {
        var first = JournalFile.open(folder.resolve("flotilla.journal"), seal);
        try {
            return new Journal(first, JournalFile.open(folder.resolve("flotilla.journal.2"), seal));
        } catch (IOException e) {
            first.close();
            throw e;
        }
    }

    /// One that keeps nothing, for a database that does not either.
    static Journal none() {
        return new Journal(JournalFile.none(), JournalFile.none());
    }

    /// Reads what a former process left, oldest first, and goes on behind it.
    ///
    /// @param after what the database has already
    /// @throws IOException if entries that were acknowledged are missing in between
    List<Staged> recover(long after) throws IOException {
        var first = files[0].recover();
        var second = files[1].recover();
        boolean swapped = !second.isEmpty() && (first.isEmpty() || last(first) < last(second));
        current = swapped ? 1 : 0;
        var older = swapped ? first : second;
        sealed = older.isEmpty() ? 0 : last(older);
        var found = new ArrayList<Staged>();
        long next = after + 1;
        for (var half : List.of(older, swapped ? second : first)) {
            for (var staged : half) {
                long revision = staged.entry().revision();
                if (revision > next) {
                    throw new IOException(
                            "the database ends at revision %d and the journal goes on at %d; what lies between was acknowledged"
                                    .formatted(next - 1, revision));
                }
                if (revision == next) {
                    found.add(staged);
                    next++;
                }
            }
        }
        appended = next - 1;
        return found;
    }

    private static long last(List<Staged> all) {
        return all.getLast().entry().revision();
    }

    /// Appends a batch; when it returns, the batch outlives a power cut. If it throws, nothing of
    /// the batch is left.
    synchronized void append(List<Staged> batch) throws IOException {
        files[current].append(batch);
        appended = last(batch);
    }

    /// Lets no more come to what has come so far, if the last such part was released.
    ///
    /// @return the last revision of the part that may be released; 0: there is none
    synchronized long seal() {
        if (sealed == 0 && !files[current].isEmpty()) {
            sealed = appended;
            current = 1 - current;
        }
        return sealed;
    }

    /// Forgets the sealed part, which the database has.
    synchronized void release() throws IOException {
        files[1 - current].clear();
        sealed = 0;
    }

    @Override
    public void close() throws IOException {
        try {
            files[0].close();
        } finally {
            files[1].close();
        }
    }
}

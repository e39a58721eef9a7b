package dev.flotilla.cluster;

import java.util.List;

/// A cursor over the changes of one kind. Pulled, so a slow reader holds nothing up.
public interface Watch<T> extends AutoCloseable {
    /// The changes since the last call, up to every write acknowledged before this call; never
    /// waits.
    ///
    /// @throws Compacted if the history it needs is gone: list again
    List<Change<T>> poll();

    /// Calls `wake` soon after each commit, on a thread that must not be held up.
    void onCommit(Runnable wake);

    @Override
    void close();

    /// The reader was away for longer than history is kept.
    final class Compacted extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Compacted(String message) {
            super(message);
        }
    }
}

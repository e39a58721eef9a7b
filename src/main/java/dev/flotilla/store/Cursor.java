package dev.flotilla.store;

import java.util.List;

/// A place in the log, pulled by its reader. A slow one holds nothing up: it is only a position.
///
/// Not for two threads at once.
public interface Cursor extends AutoCloseable {
    /// The next entries, in revision order; empty when there are none yet. Never waits for a
    /// commit.
    ///
    /// @param max entries at most
    /// @throws Compacted when history between the position and now is gone: list again
    /// @throws StoreFailure when older history could not be read; the position stays
    List<Entry> poll(int max);

    /// Everything up to and with this revision was delivered or lies outside the prefix.
    long position();

    /// Goes on after that revision, whether it lies before or behind.
    void seek(long revision);

    @Override
    void close();
}

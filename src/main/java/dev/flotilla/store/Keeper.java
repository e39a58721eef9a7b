package dev.flotilla.store;

import java.util.List;

/// Where entries are kept beyond the ring and the index. The writer's alone, but for [#page].
interface Keeper extends AutoCloseable {
    /// Keeps the batch, or nothing of it.
    void write(Batch batch);

    /// Of the entries with `after < revision <= upTo`, those below `prefix`: all of them up to the
    /// last one returned.
    List<Entry> page(String prefix, long after, long upTo);

    @Override
    void close();
}

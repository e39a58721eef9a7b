package dev.flotilla.store;

import java.util.List;

/// What became of a list of writes.
public sealed interface Result {
    /// All are durable and published, in the order they were asked.
    record Done(List<Entry> entries) implements Result {}

    /// None happened: `key` was not at the revision expected. Read again.
    ///
    /// @param actual the revision it has; 0 when absent
    record Conflict(String key, long actual) implements Result {}
}

package dev.flotilla.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which keys moved since the base table was last whole, so that it follows the log in bounded
/// steps.
///
/// The table names for each key an entry that was live at `revision` or later. So opening reads the
/// base, then only the log after `revision`, taking an entry over when it is newer than what it
/// has.
final class Base {
    private final int every;
    private long revision;
    private long turnedAt;
    private long newest;
    private Map<String, Long> gathering = new HashMap<>();
    private Map<String, Long> moving = new HashMap<>();

    /// @param every how many revisions the table may lag before it is moved
    Base(int every) {
        this.every = every;
    }

    /// Begins anew from what the table holds.
    void restart(long at) {
        revision = at;
        turnedAt = at;
        newest = at;
        gathering = new HashMap<>();
        moving = new HashMap<>();
    }

    void took(List<Entry> entries) {
        for (var entry : entries) {
            gathering.put(entry.key(), entry.deleted() ? 0 : entry.revision());
            newest = entry.revision();
        }
    }

    /// Everything up to here is in the table.
    long revision() {
        return revision;
    }

    boolean due() {
        return revision < turnedAt || newest - revision >= every;
    }

    /// The next moves, at most `limit`: key to live revision, 0 when it ended.
    Map<String, Long> step(int limit) {
        if (revision == turnedAt) {
            turnedAt = newest;
            moving = gathering;
            gathering = new HashMap<>();
        }
        var step = new LinkedHashMap<String, Long>();
        for (var all = moving.entrySet().iterator(); all.hasNext() && step.size() < limit; ) {
            var move = all.next();
            step.put(move.getKey(), move.getValue());
            all.remove();
        }
        if (moving.isEmpty()) {
            revision = turnedAt;
        }
        return step;
    }
}

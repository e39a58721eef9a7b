package dev.flotilla.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.SequencedSet;

/// Which entries came to be live, and which ceased to be, since the table of the live was last
/// whole, so that it follows the log in bounded steps.
///
/// Once whole, the table names just the entries that were live at `revision`; between two steps
/// some after it as well. So opening reads what the table names, forgets the names after
/// `revision`, and reads the log from there.
final class Base {
    private final int every;
    private long revision;
    private long turnedAt;
    private long newest;
    private SequencedSet<Long> came = new LinkedHashSet<>();
    private List<Long> went = new ArrayList<>();
    private final Queue<Long> coming = new ArrayDeque<>();
    private final Queue<Long> going = new ArrayDeque<>();

    /// @param every how many revisions the table may lag before it is moved
    Base(int every) {
        this.every = every;
    }

    /// Revisions to name and to forget; none is in both.
    record Step(List<Long> live, List<Long> ended) {
        boolean isEmpty() {
            return live.isEmpty() && ended.isEmpty();
        }
    }

    /// Begins anew from a table that is whole.
    void restart(long at) {
        revision = at;
        turnedAt = at;
        newest = at;
        came = new LinkedHashSet<>();
        went = new ArrayList<>();
        coming.clear();
        going.clear();
    }

    void took(List<Entry> entries) {
        for (var entry : entries) {
            long before = entry.previousRevision();
            if (before != 0 && !came.remove(before)) {
                went.add(before);
            }
            if (!entry.deleted()) {
                came.add(entry.revision());
            }
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

    /// The next moves, at most `limit`.
    Step step(int limit) {
        if (revision == turnedAt) {
            turnedAt = newest;
            coming.addAll(came);
            going.addAll(went);
            came = new LinkedHashSet<>();
            went = new ArrayList<>();
        }
        var live = first(coming, limit);
        var ended = first(going, limit - live.size());
        if (coming.isEmpty() && going.isEmpty()) {
            revision = turnedAt;
        }
        return new Step(live, ended);
    }

    private static List<Long> first(Queue<Long> all, int limit) {
        var first = new ArrayList<Long>();
        while (first.size() < limit && !all.isEmpty()) {
            first.add(all.remove());
        }
        return first;
    }
}

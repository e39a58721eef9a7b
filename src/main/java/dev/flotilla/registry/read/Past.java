package dev.flotilla.registry.read;

import dev.flotilla.store.Compacted;
import dev.flotilla.store.Entry;
import dev.flotilla.store.Snapshot;
import dev.flotilla.store.Store;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How things were: the present with every change since undone.
record Past(Store store) {
    private static final int AT_ONCE = 500;

    /// What was live below `prefix` right after `revision`.
    ///
    /// @return empty if that is no longer known, or not yet
    Optional<Snapshot> at(String prefix, long revision) {
        var present = store.list(prefix);
        if (present.revision() == revision) {
            return Optional.of(present);
        }
        try {
            var before = undone(prefix, revision, present.revision());
            var untouched = present.entries().stream().filter(e -> !before.containsKey(e.key()));
            var others = before.values().stream().filter(r -> r > 0).map(this::entry);
            var entries =
                    Stream.concat(untouched, others)
                            .sorted(Comparator.comparing(Entry::key))
                            .toList();
            return Optional.of(new Snapshot(revision, entries));
        } catch (Compacted _) {
            return Optional.empty();
        }
    }

    /// The revision that each changed key had before, 0 if it was not there.
    private Map<String, Long> undone(String prefix, long since, long upTo) {
        var before = new HashMap<String, Long>();
        try (var cursor = store.watch(prefix, since)) {
            while (cursor.position() < upTo) {
                for (var entry : cursor.poll(AT_ONCE)) {
                    if (entry.revision() <= upTo) {
                        before.putIfAbsent(entry.key(), entry.previousRevision());
                    }
                }
            }
        }
        return before;
    }

    /// Compaction may pass while we read; then the cursor's answer is the same.
    private Entry entry(long revision) {
        return store.at(revision).orElseGet(() -> store.watch("", revision - 1).poll(1).getFirst());
    }
}

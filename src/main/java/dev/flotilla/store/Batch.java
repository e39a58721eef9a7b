package dev.flotilla.store;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Many lists of writes becoming one transaction: gives out revisions and keeps what each list must
/// see of those before it. A list that conflicts leaves no trace.
final class Batch {
    private final Index index;
    private final Instant time;
    private final Map<String, Entry> newest = new HashMap<>();
    private final List<Staged> staged = new ArrayList<>();
    private long revision;
    private long total;

    /// Begins after what is published.
    Batch(Log log, Instant time) {
        this.index = log.index();
        this.revision = log.revision();
        this.total = log.total();
        this.time = time;
    }

    /// What the answer will be once the batch is durable.
    Result add(List<Write> writes) {
        var mine = new HashMap<String, Entry>();
        var entries = new ArrayList<Staged>();
        long weight = total;
        for (var write : writes) {
            var before = live(write.key(), mine);
            long actual = before == null ? 0 : before.revision();
            if (actual != write.expected()) {
                return new Result.Conflict(write.key(), actual);
            }
            var next = revision + entries.size() + 1;
            var entry =
                    new Entry(
                            write.key(),
                            next,
                            actual,
                            before == null ? next : before.createdRevision(),
                            write.delete(),
                            time,
                            write.body().at(next));
            mine.put(write.key(), entry);
            weight += entry.weight();
            entries.add(new Staged(entry, actual, weight));
        }
        total = weight;
        revision += entries.size();
        newest.putAll(mine);
        staged.addAll(entries);
        return new Result.Done(entries.stream().map(Staged::entry).toList());
    }

    private @Nullable Entry live(String key, Map<String, Entry> mine) {
        var entry = mine.getOrDefault(key, newest.get(key));
        if (entry == null) {
            return index.get(key).orElse(null);
        }
        return entry.deleted() ? null : entry;
    }

    boolean isEmpty() {
        return staged.isEmpty();
    }

    /// The weight of all entries ever written, with these.
    long total() {
        return total;
    }

    List<Staged> staged() {
        return staged;
    }

    List<Entry> entries() {
        return staged.stream().map(Staged::entry).toList();
    }
}

package dev.flotilla.store;

import java.util.ArrayList;
import java.util.List;

/// A position, moved by its reader: over the ring while it is near the head, over the disk before.
final class LogCursor implements Cursor {
    private static final int PAGE = 500;

    private final Log log;
    private final Keeper keeper;
    private final String prefix;
    private long position;

    LogCursor(Log log, Keeper keeper, String prefix, long since) {
        this.log = log;
        this.keeper = keeper;
        this.prefix = prefix;
        this.position = since;
        if (since > log.revision()) {
            throw new Compacted(
                    "revision %d is not written yet, the last is %d: list again"
                            .formatted(since, log.revision()));
        }
        check(since);
    }

    @Override
    public List<Entry> poll(int max) {
        long head = log.revision();
        if (position >= head) {
            return List.of();
        }
        check(position);
        if (!log.touched(prefix, position)) {
            position = Math.max(position, head);
            return List.of();
        }
        var found = new ArrayList<Entry>();
        long at = position;
        while (at < head && found.size() < max) {
            var entry = log.ring().get(at + 1);
            if (entry == null) {
                at = older(at, Math.min(at + PAGE, head), max, found);
            } else {
                at++;
                if (entry.key().startsWith(prefix)) {
                    found.add(entry);
                }
            }
        }
        position = at; // only now: a failure on the way leaves the place
        return found;
    }

    private long older(long after, long upTo, int max, List<Entry> found) {
        var page = keeper.page(prefix, after, upTo);
        check(after); // compaction may have passed while we read
        var taken = page.subList(0, Math.min(page.size(), max - found.size()));
        found.addAll(taken);
        return taken.size() < page.size() ? taken.getLast().revision() : upTo;
    }

    private void check(long since) {
        if (since < log.compacted()) {
            throw new Compacted(
                    "history after revision %d is kept from %d on: list again"
                            .formatted(since, log.compacted()));
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void seek(long revision) {
        position = revision;
    }

    @Override
    public void close() {}
}

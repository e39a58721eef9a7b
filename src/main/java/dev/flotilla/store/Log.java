package dev.flotilla.store;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What everyone sees: the durable entries, as an index of the live, a ring of the newest, and the
/// number of the last commit. Written by the writer alone.
final class Log {
    private final Index index = new Index();
    private final Ring ring = new Ring(16_384, 64 << 20);
    private final Map<String, Long> touched = new ConcurrentHashMap<>();
    private volatile long total;
    private volatile long opened;
    private volatile long revision;
    private volatile long compacted;

    Index index() {
        return index;
    }

    Ring ring() {
        return ring;
    }

    /// The last published commit.
    long revision() {
        return revision;
    }

    /// The weight of all entries ever written, in bytes.
    long total() {
        return total;
    }

    /// History up to here is not kept.
    long compacted() {
        return compacted;
    }

    /// Said before the rows go, so that no reader takes their absence for silence.
    void compacted(long upTo) {
        compacted = Math.max(compacted, upTo);
    }

    /// Takes over what a database holds; entries may come twice, the newest of a key wins.
    void load(List<Entry> entries) {
        index.apply(
                entries.stream()
                        .filter(
                                e ->
                                        index.get(e.key()).map(Entry::revision).orElse(0L)
                                                < e.revision())
                        .toList());
    }

    /// Ends loading.
    void open(long revision, long total) {
        index.at(revision);
        this.total = total;
        this.opened = revision;
        this.revision = revision;
    }

    void publish(Batch batch) {
        var entries = batch.entries();
        for (var entry : entries) {
            ring.add(entry);
            touched.put(resource(entry.key()), entry.revision());
        }
        index.apply(entries);
        total = batch.total();
        revision = entries.getLast().revision();
    }

    /// Whether anything below `prefix` may have come after revision `since`, up to now. Asked after
    /// [#revision]: what that covers is counted here.
    boolean touched(String prefix, long since) {
        var resource = resource(prefix);
        return !prefix.startsWith(resource + "/") || touched.getOrDefault(resource, opened) > since;
    }

    /// The first two names of a key: group and plural.
    private static String resource(String key) {
        int second = key.indexOf('/', 1);
        int third = second < 0 ? -1 : key.indexOf('/', second + 1);
        return third < 0 ? key : key.substring(0, third);
    }
}

package dev.flotilla.store;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// The store against a list of all entries ever written, from a seed: writes that fit and that
/// conflict, reads, slow and quick watches, compaction, and closing and opening in between.
class StoreModelTest {
    private static final List<String> PREFIXES =
            List.of("", "/core/", "/core/pods/", "/core/pods/a/", "/core/secrets/", "/apps/none/");

    @TempDir Path folder;

    private final List<Entry> all = new ArrayList<>(); // the entry at revision r stands at r - 1
    private final TreeMap<String, Entry> live = new TreeMap<>();
    private final Map<Cursor, String> cursors = new HashMap<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isAListOfEntriesWithAnIndex(long seed) throws Exception {
        var random = new Random(seed);
        long compacted = 0;
        for (int life = 0; life < 4; life++) {
            try (var store = open()) {
                assertThat(store.compacted()).isGreaterThanOrEqualTo(compacted);
                cursors.clear(); // a place in the log of a store that was closed is no use
                for (int step = 0; step < 400; step++) {
                    step(store, random);
                }
                compacted = store.compacted();
            }
            checkTables();
        }
        assertThat(compacted).isPositive();
    }

    private void step(Store store, Random random) {
        switch (random.nextInt(10)) {
            case 0 -> checkReads(store, PREFIXES.get(random.nextInt(PREFIXES.size())));
            case 1 -> watch(store, random);
            case 2, 3, 4 -> cursors.entrySet().removeIf(c -> !poll(store, c, random));
            case 5 -> now = now.plus(Duration.ofSeconds(random.nextInt(120)));
            default -> write(store, random);
        }
    }

    private void write(Store store, Random random) {
        var writes = new ArrayList<Write>();
        var mine = new TreeMap<>(live);
        var entries = new ArrayList<Entry>();
        Result expected = null;
        for (int i = 0; i <= random.nextInt(5); i++) {
            var key = key(random);
            var before = mine.get(key);
            long actual = before == null ? 0 : before.revision();
            long asked = random.nextInt(12) == 0 ? random.nextInt(1 + all.size()) : actual;
            boolean delete = asked != 0 && random.nextInt(3) == 0;
            var padding = "x".repeat(random.nextInt(200));
            writes.add(new Write(key, asked, delete, r -> (key + r + padding).getBytes(UTF_8)));
            if (asked != actual) {
                expected = new Result.Conflict(key, actual);
                break;
            }
            long revision = all.size() + entries.size() + 1L;
            var entry =
                    new Entry(
                            key,
                            revision,
                            actual,
                            before == null ? revision : before.createdRevision(),
                            delete,
                            now,
                            (key + revision + padding).getBytes(UTF_8));
            entries.add(entry);
            apply(mine, entry);
        }
        var result = store.write(writes);
        if (expected != null) {
            assertThat(result).isEqualTo(expected);
            return;
        }
        StoreFileTest.assertSame(((Result.Done) result).entries(), entries);
        entries.forEach(entry -> apply(live, entry));
        all.addAll(entries);
        assertThat(store.revision()).isEqualTo(all.size());
    }

    private void checkReads(Store store, String prefix) {
        var snapshot = store.list(prefix);
        assertThat(snapshot.revision()).isEqualTo(all.size());
        var expected = live.values().stream().filter(e -> e.key().startsWith(prefix)).toList();
        StoreFileTest.assertSame(snapshot.entries(), expected);
        assertThat(store.get("/core/pods/a/0").map(Entry::revision).orElse(0L))
                .isEqualTo(
                        live.containsKey("/core/pods/a/0")
                                ? live.get("/core/pods/a/0").revision()
                                : 0);
    }

    private void watch(Store store, Random random) {
        var prefix = PREFIXES.get(random.nextInt(PREFIXES.size()));
        long since = random.nextInt(all.size() + 2);
        try {
            cursors.put(store.watch(prefix, since), prefix);
            assertThat(since).isLessThanOrEqualTo(all.size());
        } catch (Compacted e) {
            assertThat(since < store.compacted() || since > all.size()).as(e.getMessage()).isTrue();
        }
    }

    /// @return whether the cursor lives on
    private boolean poll(Store store, Map.Entry<Cursor, String> watch, Random random) {
        var cursor = watch.getKey();
        long from = cursor.position();
        long compactedBefore = store.compacted();
        int max = 1 + random.nextInt(40);
        try {
            var page = cursor.poll(max);
            assertThat(from).isGreaterThanOrEqualTo(compactedBefore);
            var expected =
                    all.stream()
                            .skip(from)
                            .filter(e -> e.key().startsWith(watch.getValue()))
                            .limit(max)
                            .toList();
            StoreFileTest.assertSame(page, expected);
            assertThat(cursor.position())
                    .isGreaterThanOrEqualTo(page.isEmpty() ? from : page.getLast().revision());
            if (page.size() < max) {
                assertThat(cursor.position()).isEqualTo(all.size());
            }
            return true;
        } catch (Compacted e) {
            assertThat(from).isLessThan(store.compacted());
            return false;
        }
    }

    /// On the disk: all rows after the compaction point, and up to it just what was live there.
    private void checkTables() throws Exception {
        try (var h2 = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("flotilla"));
                var sql = h2.createStatement()) {
            long compacted = 0;
            try (var row = sql.executeQuery("SELECT number FROM facts WHERE name = 'compacted'")) {
                compacted = row.next() ? row.getLong(1) : 0;
            }
            var expected = new HashSet<Long>();
            var then = new TreeMap<String, Entry>();
            for (var entry : all) {
                if (entry.revision() <= compacted) {
                    apply(then, entry);
                } else {
                    expected.add(entry.revision());
                }
            }
            then.values().forEach(entry -> expected.add(entry.revision()));
            var found = new HashSet<Long>();
            try (var rows = sql.executeQuery("SELECT revision FROM log")) {
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
            }
            assertThat(found).isEqualTo(expected);
        }
    }

    private Store open() {
        return Store.open(
                folder,
                () -> now,
                key -> key.startsWith("/core/secrets/"),
                new Retention(Duration.ofMinutes(30), 100_000));
    }

    private static void apply(Map<String, Entry> state, Entry entry) {
        if (entry.deleted()) {
            state.remove(entry.key());
        } else {
            state.put(entry.key(), entry);
        }
    }

    private static String key(Random random) {
        var kind = List.of("pods", "secrets", "podsets").get(random.nextInt(3));
        return "/core/" + kind + "/" + (random.nextBoolean() ? "a" : "b") + "/" + random.nextInt(8);
    }
}

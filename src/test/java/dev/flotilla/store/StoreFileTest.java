package dev.flotilla.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.flotilla.store.StoreFailure.Kind;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// What the store promises of its folder: it comes back as it was, keeps secrets, and leaves alone
/// what is not its to touch.
class StoreFileTest {
    private static final InstantSource TIME =
            InstantSource.fixed(Instant.parse("2026-03-01T12:00:00.123Z"));

    @TempDir Path temp;

    @Test
    void comesBackAsItWas() {
        List<Entry> before;
        try (var store = open()) {
            store.write(List.of(StoreTest.put("/core/pods/a/x", 0, "one")));
            store.write(List.of(StoreTest.put("/core/pods/a/y", 0, "why")));
            store.write(List.of(StoreTest.put("/core/pods/a/x", 1, "two")));
            store.write(List.of(StoreTest.delete("/core/pods/a/y", 2, "why")));
            before = store.list("").entries();
        }
        try (var store = open()) {
            assertThat(store.revision()).isEqualTo(4);
            assertThat(store.list("").revision()).isEqualTo(4);
            assertSame(store.list("").entries(), before);
            var x = store.get("/core/pods/a/x").orElseThrow();
            assertThat(x.createdRevision()).isEqualTo(1);
            assertThat(x.time()).isEqualTo(TIME.instant());
            try (var cursor = store.watch("", 0)) {
                assertThat(cursor.poll(10))
                        .extracting(Entry::revision)
                        .containsExactly(1L, 2L, 3L, 4L);
            }
            assertThat(store.write(List.of(StoreTest.put("/core/pods/a/y", 0, "y"))))
                    .isInstanceOfSatisfying(
                            Result.Done.class,
                            done -> assertThat(done.entries().getFirst().revision()).isEqualTo(5));
        }
    }

    @Test
    void isPrivateToItsOwner() throws IOException {
        try (var store = open()) {
            store.write(List.of(StoreTest.put("/core/pods/a/x", 0, "one")));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                    .isEqualTo("rwx------");
            try (var files = Files.list(folder())) {
                assertThat(files.toList())
                        .extracting(f -> f.getFileName() + " " + permissions(f))
                        .containsExactlyInAnyOrder(
                                "flotilla.mv.db rw-------",
                                "flotilla.journal rw-------",
                                "flotilla.journal.2 rw-------",
                                "flotilla.key rw-------",
                                "flotilla.lock rw-------");
            }
        }
    }

    @Test
    void aSecondMasterIsToldWhoHoldsTheFolder() {
        try (var store = open()) {
            store.write(List.of(StoreTest.put("/core/pods/a/x", 0, "one")));
            assertFails(
                    this::open,
                    Kind.FOLDER_LOCKED,
                    "data folder "
                            + folder()
                            + " is held by another master, pid "
                            + ProcessHandle.current().pid());
            store.write(List.of(StoreTest.put("/core/pods/a/y", 0, "still works")));
        }
        open().close();
    }

    @Test
    void aDatabaseOfTheFirstVersionIsTakenOver() throws Exception {
        List<Entry> before;
        try (var store = open()) {
            store.write(List.of(StoreTest.put("/core/pods/a/x", 0, "one")));
            store.write(List.of(StoreTest.put("/core/pods/a/y", 0, "why")));
            store.write(List.of(StoreTest.put("/core/pods/a/x", 1, "two")));
            before = store.list("").entries();
        }
        try (var h2 = DriverManager.getConnection("jdbc:h2:file:" + folder().resolve("flotilla"));
                var sql = h2.createStatement()) {
            sql.execute("DROP TABLE live");
            sql.execute("CREATE TABLE base (name VARCHAR PRIMARY KEY, revision BIGINT NOT NULL)");
            sql.execute("INSERT INTO base VALUES ('/core/pods/a/x', 3), ('/core/pods/a/y', 2)");
            sql.execute("UPDATE facts SET number = 1 WHERE name = 'version'");
        }
        for (int i = 0; i < 2; i++) {
            try (var store = open()) {
                assertSame(store.list("").entries(), before);
            }
        }
    }

    @Test
    void aDatabaseOfANewerVersionIsLeftAlone() throws Exception {
        open().close();
        try (var h2 = DriverManager.getConnection("jdbc:h2:file:" + folder().resolve("flotilla"));
                var sql = h2.createStatement()) {
            sql.execute("UPDATE facts SET number = 3 WHERE name = 'version'");
        }
        var before = contents();
        assertFails(
                this::open,
                Kind.NEWER_VERSION,
                "has schema version 3, and this Flotilla knows up to 2. It was left as it is");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void aFileThatIsNoDatabaseIsLeftAlone() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("flotilla.mv.db"), "not a database".repeat(1_000));
        var before = contents();
        assertFails(this::open, Kind.BROKEN, "could not open the database in " + folder());
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void aFolderThatH2CannotNameIsRefusedBeforeItIsMade() {
        var odd = temp.resolve("a;b");
        assertFails(() -> Store.open(odd, TIME, _ -> false), Kind.BROKEN, "semicolon");
        assertThat(odd).doesNotExist();
    }

    @Test
    void sealedBodiesAreNotOnTheDisk() throws IOException {
        try (var store = open()) {
            store.write(List.of(StoreTest.put("/core/secrets/a/s", 0, "hunter2hunter2")));
            store.write(List.of(StoreTest.put("/core/configmaps/a/c", 0, "plain-as-day")));
            assertThat(StoreTest.text(store.get("/core/secrets/a/s").orElseThrow()))
                    .isEqualTo("hunter2hunter2");
        }
        var file = Files.readString(folder().resolve("flotilla.mv.db"), ISO_8859_1);
        assertThat(file).contains("plain-as-day").doesNotContain("hunter2");
        try (var store = open();
                var cursor = store.watch("/core/secrets/", 0)) {
            assertThat(StoreTest.text(store.get("/core/secrets/a/s").orElseThrow()))
                    .isEqualTo("hunter2hunter2");
            assertThat(cursor.poll(1))
                    .extracting(StoreTest::text)
                    .containsExactly("hunter2hunter2");
        }
    }

    @Test
    void aMissingOrForeignKeyIsSaidAndNothingTouched() throws IOException {
        try (var store = open()) {
            store.write(List.of(StoreTest.put("/core/secrets/a/s", 0, "hunter2")));
        }
        var key = folder().resolve("flotilla.key");
        var bytes = Files.readAllBytes(key);
        Files.delete(key);
        var before = contents();
        assertFails(this::open, Kind.KEY_MISSING, "key file " + key + " is not there");
        assertThat(contents()).isEqualTo(before);
        Files.write(key, new byte[32]);
        before = contents();
        assertFails(this::open, Kind.KEY_MISSING, "is not the one they were sealed with");
        assertThat(contents()).isEqualTo(before);
        Files.write(key, bytes);
        try (var store = open()) {
            assertThat(StoreTest.text(store.get("/core/secrets/a/s").orElseThrow()))
                    .isEqualTo("hunter2");
        }
    }

    @Test
    void aSealedBodyMovedToAnotherRowDoesNotOpen() throws Exception {
        try (var store = open()) {
            store.write(List.of(StoreTest.put("/core/secrets/a/s", 0, "mine")));
            store.write(List.of(StoreTest.put("/core/secrets/a/t", 0, "yours")));
        }
        try (var h2 = DriverManager.getConnection("jdbc:h2:file:" + folder().resolve("flotilla"));
                var sql = h2.createStatement()) {
            sql.execute(
                    "UPDATE log SET body = (SELECT body FROM log WHERE revision = 1) WHERE revision"
                            + " = 2");
        }
        assertFails(
                this::open,
                Kind.BROKEN,
                "could not open a sealed body in /core/secrets/a/t at revision 2");
    }

    @Test
    void aWatchFromBeforeTheRestartHasNoGapOverManyPages() {
        try (var store = open()) {
            for (int i = 0; i < 30; i++) {
                int round = i;
                store.write(
                        IntStream.range(0, 100)
                                .mapToObj(n -> StoreTest.put("/a/b/" + round + "/" + n, 0, "x"))
                                .toList());
            }
        }
        try (var store = open();
                var all = store.watch("", 1_234);
                var some = store.watch("/a/b/29/", 0)) {
            for (long expected = 1_235; expected <= 3_000; ) {
                for (var entry : all.poll(7)) {
                    assertThat(entry.revision()).isEqualTo(expected++);
                }
            }
            assertThat(all.poll(7)).isEmpty();
            assertThat(some.poll(1_000)).hasSize(100);
        }
    }

    private Store open() {
        return Store.open(folder(), TIME, key -> key.startsWith("/core/secrets/"));
    }

    private Path folder() {
        return temp.resolve("data of mine");
    }

    private Map<String, String> contents() throws IOException {
        var found = new TreeMap<String, String>();
        try (var files = Files.list(folder())) {
            for (var file : files.filter(f -> !f.endsWith("flotilla.lock")).toList()) {
                found.put(file.getFileName().toString(), Files.readString(file, ISO_8859_1));
            }
        }
        return found;
    }

    static void assertSame(List<Entry> actual, List<Entry> expected) {
        assertThat(actual.stream().map(StoreFileTest::whole).toList())
                .isEqualTo(expected.stream().map(StoreFileTest::whole).toList());
    }

    /// An entry that compares by its body's bytes, too.
    private static List<Object> whole(Entry entry) {
        return List.of(
                entry.key(),
                entry.revision(),
                entry.previousRevision(),
                entry.createdRevision(),
                entry.deleted(),
                entry.time(),
                new String(entry.body(), ISO_8859_1));
    }

    private static void assertFails(ThrowingCallable call, Kind kind, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreFailure.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(message);
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package dev.flotilla.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/// What was appended comes back, whole batches only, whatever was sealed and released in between.
class JournalTest {
    @TempDir Path folder;

    @Test
    void comesBackAsItWasAppended() throws IOException {
        var staged = List.of(staged(1), staged(2));
        try (var journal = open(0)) {
            journal.append(staged);
            journal.append(List.of(staged(3)));
        }
        try (var journal = Journal.in(folder, seal())) {
            var found = journal.recover(0);
            StoreFileTest.assertSame(
                    found.stream().map(Staged::entry).toList(),
                    List.of(staged(1).entry(), staged(2).entry(), staged(3).entry()));
            assertThat(found).extracting(Staged::total).containsExactly(100L, 200L, 300L);
        }
    }

    @Test
    void aBatchThatWasCutShortIsCutOffAndTheNextFollows() throws IOException {
        var random = new Random(3);
        for (int round = 0; round < 20; round++) {
            try (var journal = open(0)) {
                journal.append(List.of(staged(1)));
                journal.append(List.of(staged(2), staged(3)));
            }
            var file = folder.resolve("flotilla.journal");
            var bytes = Files.readAllBytes(file);
            int whole = bytes.length / 3 + 8;
            Files.write(
                    file, Arrays.copyOf(bytes, whole + random.nextInt(bytes.length - whole - 1)));
            try (var journal = open(1)) {
                journal.append(List.of(staged(2)));
            }
            assertThat(revisions(0)).containsExactly(1L, 2L);
            Files.delete(file);
        }
    }

    @Test
    void aBatchWithAChangedByteIsNotTaken() throws IOException {
        try (var journal = open(0)) {
            journal.append(List.of(staged(1)));
        }
        var file = folder.resolve("flotilla.journal");
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThat(revisions(0)).isEmpty();
    }

    @Test
    void damageBeforeOtherBatchesIsSaid() throws IOException {
        try (var journal = open(0)) {
            journal.append(List.of(staged(1)));
            journal.append(List.of(staged(2)));
        }
        var file = folder.resolve("flotilla.journal");
        var bytes = Files.readAllBytes(file);
        bytes[20] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> revisions(0))
                .hasMessageContaining("damaged at byte 0, and acknowledged entries follow");
        assertThat(file).hasBinaryContent(bytes);
    }

    @Test
    void aPartThatIsNotReleasedComesBackBeforeTheOther() throws IOException {
        try (var journal = open(0)) {
            assertThat(journal.seal()).isZero();
            for (long revision = 1; revision <= 9; revision++) {
                journal.append(List.of(staged(revision)));
                if (revision == 3) {
                    assertThat(journal.seal()).isEqualTo(3);
                    journal.release();
                }
                if (revision == 6) {
                    assertThat(journal.seal()).isEqualTo(6);
                }
            }
            assertThat(journal.seal()).as("one part at a time").isEqualTo(6);
        }
        assertThat(revisions(3)).containsExactly(4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(revisions(5))
                .as("of what the database has a part")
                .containsExactly(6L, 7L, 8L, 9L);
        try (var journal = open(3)) {
            assertThat(journal.seal()).isEqualTo(6);
            journal.release();
            assertThat(journal.seal()).isEqualTo(9);
        }
    }

    @Test
    void aGapIsSaid() throws IOException {
        try (var journal = open(0)) {
            journal.append(List.of(staged(5)));
        }
        assertThatThrownBy(() -> revisions(3))
                .hasMessageContaining(
                        "the database ends at revision 3 and the journal goes on at 5");
    }

    @Test
    void whatIsCoveredIsNotReadable() throws IOException {
        var seal = new AesSeal(new byte[32], key -> true);
        try (var journal = Journal.in(folder, seal)) {
            assertThat(journal.recover(0)).isEmpty();
            journal.append(List.of(staged(1)));
        }
        var file = folder.resolve("flotilla.journal");
        assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("/core/secrets/a/1")
                .doesNotContain("body of");
        try (var journal = Journal.in(folder, seal)) {
            assertThat(StoreTest.text(journal.recover(0).getFirst().entry()))
                    .isEqualTo("body of 1");
        }
    }

    @Test
    void theStoreFindsWhatTheDatabaseDoesNotHave() throws IOException {
        try (var store = store()) {
            store.write(List.of(StoreTest.put("/core/pods/a/x", 0, "one")));
        }
        var batch = new ArrayList<Staged>();
        LongStream.rangeClosed(2, 2_500).forEach(revision -> batch.add(staged(revision)));
        try (var journal = open(1)) {
            journal.append(batch);
        }
        Files.write(folder.resolve("flotilla.journal"), new byte[77], StandardOpenOption.APPEND);
        for (int i = 0; i < 2; i++) {
            try (var store = store();
                    var all = store.watch("", 0)) {
                assertThat(store.revision()).isEqualTo(2_500);
                assertThat(all.poll(10_000)).hasSize(2_500);
                assertThat(StoreTest.text(store.get("/core/secrets/a/2500").orElseThrow()))
                        .isEqualTo("body of 2500");
            }
            assertThat(Files.size(folder.resolve("flotilla.journal"))).isZero();
        }
    }

    private Store store() {
        return Store.open(folder, Instant::now, key -> false);
    }

    private Journal open(long after) throws IOException {
        var journal = Journal.in(folder, seal());
        var _ = journal.recover(after);
        return journal;
    }

    private List<Long> revisions(long after) throws IOException {
        try (var journal = Journal.in(folder, seal())) {
            return journal.recover(after).stream().map(s -> s.entry().revision()).toList();
        }
    }

    private static Seal seal() {
        return Seal.none();
    }

    private static Staged staged(long revision) {
        var entry =
                new Entry(
                        "/core/secrets/a/" + revision,
                        revision,
                        0,
                        revision,
                        false,
                        Instant.ofEpochMilli(1_000 + revision),
                        ("body of " + revision).getBytes(UTF_8));
        return new Staged(entry, 0, 100 * revision);
    }
}

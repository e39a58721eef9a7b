package dev.flotilla.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.MostlyWaits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Kill -9 under load, twenty times on the same folder. After each: every acknowledged write is
/// there, revisions have no gap, and a watch from the last revision seen has no gap and no repeat.
@MostlyWaits
class StoreCrashTest {
    private static final int ROUNDS = 20;

    @TempDir Path folder;

    private final TreeMap<String, Entry> live = new TreeMap<>();
    private long seen;

    @Test
    @Timeout(300)
    void nothingAcknowledgedIsLost() throws Exception {
        var random = new Random(20);
        long compacted = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            var acknowledged = runAndKill(round, 100 + random.nextInt(600));
            try (var store = CrashChild.open(folder)) {
                verify(store, acknowledged, "round " + round);
                compacted = store.compacted();
            }
        }
        assertThat(compacted).as("the test is to kill it while it compacts, too").isPositive();
    }

    private void verify(Store store, Map<Long, String> acknowledged, String round) {
        var delivered = new TreeMap<Long, String>();
        try (var cursor = store.watch("", seen)) {
            for (var page = cursor.poll(97); !page.isEmpty(); page = cursor.poll(97)) {
                for (var entry : page) {
                    assertThat(entry.revision()).as(round).isEqualTo(++seen);
                    assertThat(StoreTest.text(entry))
                            .as(round)
                            .startsWith(entry.key() + " " + entry.revision() + " ");
                    delivered.put(entry.revision(), entry.key() + " " + entry.deleted());
                    if (entry.deleted()) {
                        live.remove(entry.key());
                    } else {
                        live.put(entry.key(), entry);
                    }
                }
            }
        }
        assertThat(seen).as(round).isEqualTo(store.revision());
        assertThat(acknowledged).as(round).isNotEmpty();
        assertThat(delivered).as(round).containsAllEntriesOf(acknowledged);
        StoreFileTest.assertSame(store.list("").entries(), List.copyOf(live.values()));
    }

    /// @return what the child said was acknowledged: revision to `key deleted`
    private Map<Long, String> runAndKill(int round, int after) throws IOException {
        var child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashChild.class.getName(),
                                folder.toString(),
                                String.valueOf(round))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var lines = new ArrayList<String>();
        try (BufferedReader said = child.inputReader()) {
            for (var line = said.readLine(); line != null; line = said.readLine()) {
                lines.add(line);
                if (lines.size() == after) {
                    child.toHandle().destroyForcibly(); // that of Process closes the stream
                }
            }
        } finally {
            child.destroyForcibly();
        }
        var acknowledged = new TreeMap<Long, String>();
        for (var line : lines) {
            var words = line.split(" ", -1);
            if (words.length == 4 && words[3].equals(".")) { // the last line may be cut
                acknowledged.put(Long.valueOf(words[0]), words[1] + " " + words[2]);
            }
        }
        return acknowledged;
    }
}

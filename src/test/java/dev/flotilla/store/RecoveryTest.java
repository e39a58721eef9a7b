package dev.flotilla.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// What H2 leaves behind of a file that was not closed, [Recovery] finds. The file is copied
/// between two commits, as kill -9 would leave it.
class RecoveryTest {
    @TempDir Path folder;

    @Test
    void everyCopyOpensAtTheCommitItWasTakenAfter() throws Exception {
        int behind = 0;
        var random = new Random(7);
        var live = folder.resolve("live.mv.db");
        var copy = folder.resolve("copy.mv.db");
        var store = open(live);
        MVMap<Integer, byte[]> map = store.openMap("map");
        for (int commit = 1; commit <= 600; commit++) {
            var body = new byte[random.nextInt(20_000)];
            random.nextBytes(body);
            map.put(random.nextInt(40), body);
            map.put(
                    -1,
                    String.valueOf(commit).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            store.commit();
            store.sync();
            if (commit % 7 == 0) {
                Files.write(copy, Files.readAllBytes(live));
                behind += at(copy) < commit ? 1 : 0;
                Recovery.after(copy);
                assertThat(at(copy)).isEqualTo(commit);
            }
        }
        store.close();
        assertThat(behind).as("H2 alone still falls behind, or Recovery can go").isPositive();
    }

    private static int at(Path file) {
        var store = new MVStore.Builder().fileName(file.toString()).readOnly().open();
        MVMap<Integer, byte[]> map = store.openMap("map");
        var value = map.get(-1);
        store.closeImmediately();
        return Integer.parseInt(new String(value, java.nio.charset.StandardCharsets.US_ASCII));
    }

    private static MVStore open(Path file) {
        var store = new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
        store.setRetentionTime(0);
        return store;
    }
}

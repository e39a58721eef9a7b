package dev.flotilla.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A process that writes to a store from several threads until it is killed, and says on its output
/// what was acknowledged: a line `revision key deleted .` for each entry.
final class CrashChild {
    /// Bounds so small that the base moves and history is compacted all the time, but one round's
    /// history stays.
    static final Retention RETENTION = new Retention(Duration.ofHours(1), 1 << 20);

    private static final int THREADS = 6;
    private static final int KEYS = 20;

    private CrashChild() {}

    public static void main(String[] args) {
        var store = open(Path.of(args[0]));
        for (int i = 0; i < THREADS; i++) {
            var place = "/core/" + (i % 2 == 0 ? "pods" : "secrets") + "/t" + i + "/";
            var random = new Random(Long.parseLong(args[1]) * THREADS + i);
            Thread.ofPlatform().start(() -> write(store, place, random));
        }
    }

    static Store open(Path folder) {
        return Store.open(
                folder, InstantSource.system(), k -> k.startsWith("/core/secrets/"), RETENTION);
    }

    private static void write(Store store, String place, Random random) {
        while (true) {
            var writes = new ArrayList<Write>();
            int first = random.nextInt(KEYS);
            for (int i = 0; i <= random.nextInt(3); i++) {
                writes.add(wish(store, place + (first + i) % KEYS, random));
            }
            var done = (Result.Done) store.write(List.copyOf(writes));
            var said = new StringBuilder();
            for (var entry : done.entries()) {
                said.append(entry.revision()).append(' ').append(entry.key());
                said.append(' ').append(entry.deleted()).append(" .\n");
            }
            synchronized (CrashChild.class) {
                System.out.print(said);
                System.out.flush();
            }
        }
    }

    private static Write wish(Store store, String key, Random random) {
        long at = store.get(key).map(Entry::revision).orElse(0L);
        boolean delete = at != 0 && random.nextInt(4) == 0;
        int length = random.nextInt(600);
        return new Write(key, at, delete, revision -> body(key, revision, length));
    }

    private static byte[] body(String key, long revision, int length) {
        return (key + " " + revision + " " + "x".repeat(length)).getBytes(UTF_8);
    }
}

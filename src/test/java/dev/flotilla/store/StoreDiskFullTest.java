package dev.flotilla.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A disk that runs full in the middle of work: writes fail and say so, nothing acknowledged is
/// lost, and when there is room the same store goes on.
class StoreDiskFullTest {
    @TempDir Path temp;

    private Path small = Path.of("");
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        small = Files.createDirectory(temp.resolve("small"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small.toString());
        assumeTrue(mounted, "a small file system needs root on Linux");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", small.toString())).isTrue();
        }
    }

    @Test
    void writesFailWhileThereIsNoRoomAndWorkAgainAfter() throws IOException {
        var ballast = small.resolve("ballast");
        Files.write(ballast, new byte[5 << 20]);
        var acknowledged = new ArrayList<Entry>();
        try (var store = open()) {
            var failure = fill(store, acknowledged);
            assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.DISK_FULL);
            assertThat(failure)
                    .hasMessageContaining("the disk is full")
                    .hasMessageContaining(small.toString());
            assertThat(fill(store, acknowledged).kind()).isEqualTo(StoreFailure.Kind.DISK_FULL);
            assertThat(acknowledged).hasSizeGreaterThan(10);
            StoreFileTest.assertSame(inOrder(store), acknowledged);

            Files.delete(ballast);
            for (int i = 0; i < 20; i++) {
                write(store, acknowledged);
            }
            check(store, acknowledged);
        }
        try (var store = open()) {
            check(store, acknowledged);
        }
    }

    private static StoreFailure fill(Store store, List<Entry> acknowledged) {
        try {
            while (true) {
                write(store, acknowledged);
            }
        } catch (StoreFailure failure) {
            return failure;
        }
    }

    private static void write(Store store, List<Entry> acknowledged) {
        int n = acknowledged.size();
        var body = new byte[20_000];
        new java.util.Random(n).nextBytes(body);
        var write = new Write("/core/pods/a/" + n, 0, false, Body.of(body));
        acknowledged.addAll(((Result.Done) store.write(List.of(write))).entries());
    }

    private static void check(Store store, List<Entry> acknowledged) {
        assertThat(store.revision()).isEqualTo(acknowledged.size());
        StoreFileTest.assertSame(inOrder(store), acknowledged);
        try (var cursor = store.watch("", 0)) {
            StoreFileTest.assertSame(cursor.poll(Integer.MAX_VALUE), acknowledged);
        }
    }

    private static List<Entry> inOrder(Store store) {
        return store.list("").entries().stream()
                .sorted(java.util.Comparator.comparingLong(Entry::revision))
                .toList();
    }

    private Store open() {
        return Store.open(
                small.resolve("data"),
                InstantSource.system(),
                _ -> false,
                new Retention(Duration.ofHours(1), 64 << 20));
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such command here
        }
    }
}

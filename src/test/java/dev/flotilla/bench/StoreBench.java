package dev.flotilla.bench;

import dev.flotilla.store.Body;
import dev.flotilla.store.Result;
import dev.flotilla.store.Store;
import dev.flotilla.store.Write;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Durable commits a second, opening after kill -9, and the file after a minute of churn, with
/// bodies of 2 KB.
public final class StoreBench {
    private static final int BODY = 2_048;
    private static final int LIVE = 10_000;

    private StoreBench() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            fillForever(Path.of(args[0]));
            return;
        }
        commits(1, 10);
        commits(100, 15);
        openAfterKill();
        churn(60);
    }

    private static void commits(int clients, int seconds) throws Exception {
        var folder = Files.createTempDirectory("bench");
        try (var store = open(folder)) {
            load(store, clients, Duration.ofSeconds(3), "/warm/up/");
            long before = store.revision();
            long cpu = cpuNanos();
            long began = System.nanoTime();
            var worst = load(store, clients, Duration.ofSeconds(seconds), "/core/pods/");
            double took = (System.nanoTime() - began) / 1e9;
            long creates = store.revision() - before;
            System.out.printf(
                    "%3d clients: %,.0f durable creates/s, worst %d ms, %d us of CPU each%n",
                    clients,
                    creates / took,
                    worst / 1_000_000,
                    (cpuNanos() - cpu) / 1_000 / creates);
        }
        delete(folder);
    }

    private static long load(Store store, int clients, Duration length, String place) {
        long end = System.nanoTime() + length.toNanos();
        var worst = new AtomicLong();
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int c = 0; c < clients; c++) {
                int client = c;
                all.execute(
                        () -> {
                            var random = new Random(client);
                            for (int i = 0; System.nanoTime() < end; i++) {
                                long began = System.nanoTime();
                                put(store, place + client + "/" + i, 0, random);
                                worst.accumulateAndGet(System.nanoTime() - began, Math::max);
                            }
                        });
            }
        }
        return worst.get();
    }

    /// A child fills a store and goes on rewriting until it is killed.
    private static void openAfterKill() throws Exception {
        var folder = Files.createTempDirectory("bench");
        var child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                StoreBench.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var said = child.inputReader()) {
            said.readLine();
        } finally {
            child.toHandle().destroyForcibly();
            child.waitFor();
        }
        var file = folder.resolve("flotilla.mv.db");
        for (var how : List.of("killed", "closed")) {
            long cpu = cpuNanos();
            long began = System.nanoTime();
            try (var store = open(folder)) {
                System.out.printf(
                        "open when %s: %d ms, %d ms of CPU, with %,d live of %,d revisions, file %d"
                                + " MB%n",
                        how,
                        (System.nanoTime() - began) / 1_000_000,
                        (cpuNanos() - cpu) / 1_000_000,
                        store.list("").entries().size(),
                        store.revision(),
                        Files.size(file) >> 20);
            }
        }
        delete(folder);
    }

    private static void fillForever(Path folder) {
        var store = open(folder);
        var random = new Random(1);
        var revisions = new ArrayList<Long>();
        for (int i = 0; i < LIVE; i += 100) {
            int first = i;
            var writes =
                    IntStream.range(0, 100).mapToObj(n -> write(first + n, 0, random)).toList();
            ((Result.Done) store.write(writes)).entries().forEach(e -> revisions.add(e.revision()));
        }
        for (int round = 0; ; round++) {
            var writes = new ArrayList<Write>();
            for (int n : random.ints(0, LIVE).distinct().limit(100).toArray()) {
                writes.add(write(n, revisions.get(n), random));
            }
            for (var entry : ((Result.Done) store.write(writes)).entries()) {
                var name = entry.key().substring(entry.key().lastIndexOf('/') + 1);
                revisions.set(Integer.parseInt(name), entry.revision());
            }
            if (round == 400) {
                System.out.println("go");
            }
        }
    }

    /// 500 commits a second over 5,000 live objects, as a busy cluster's heartbeats and statuses
    /// make.
    private static void churn(int seconds) throws Exception {
        var folder = Files.createTempDirectory("bench");
        var file = folder.resolve("flotilla.mv.db");
        var random = new Random(1);
        try (var store = open(folder)) {
            long largest = 0;
            long began = System.nanoTime();
            int commits = 0;
            for (; System.nanoTime() - began < seconds * 1_000_000_000L; commits++) {
                var key = "/core/pods/default/" + random.nextInt(LIVE / 2);
                put(store, key, store.get(key).map(e -> e.revision()).orElse(0L), random);
                long ahead = began + commits * 2_000_000L - System.nanoTime();
                java.util.concurrent.locks.LockSupport.parkNanos(Math.max(0, ahead));
                largest = commits % 100 == 0 ? Math.max(largest, Files.size(file)) : largest;
            }
            System.out.printf(
                    "churn: %,d commits in %d s hold %d MB of history in a file of %d MB%n",
                    commits, seconds, ((long) commits * BODY) >> 20, largest >> 20);
        }
        System.out.printf("closed: %d MB%n", Files.size(file) >> 20);
        delete(folder);
    }

    /// Of the whole process: what is left to compare on a machine that others use, too.
    private static long cpuNanos() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return ((com.sun.management.OperatingSystemMXBean) system).getProcessCpuTime();
    }

    private static Write write(int n, long at, Random random) {
        return new Write("/core/pods/default/" + n, at, false, body(random));
    }

    private static void put(Store store, String key, long at, Random random) {
        var result = store.write(List.of(new Write(key, at, false, body(random))));
        if (!(result instanceof Result.Done)) {
            throw new IllegalStateException(result.toString());
        }
    }

    private static Body body(Random random) {
        var bytes = new byte[BODY];
        random.nextBytes(bytes);
        return Body.of(bytes);
    }

    private static Store open(Path folder) {
        return Store.open(folder, InstantSource.system(), _ -> false);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

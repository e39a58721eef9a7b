package dev.flotilla.bench;

import dev.flotilla.lab.Command;
import dev.flotilla.lab.Master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// The API as clients meet it: a master process of its own, over TLS and HTTP/2. Client and master
/// share the machine, so the client's own cost is in every figure.
public final class ApiBench {
    private static final String CONFIGMAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final int WATCHERS = 100;
    private static final int CHANGES = 1_000;

    /// Until the compiler has done the most.
    private static final Duration WARM = Duration.ofSeconds(30);

    private static final Duration TIMED_WATCHES = Duration.ofSeconds(10);

    private ApiBench() {}

    /// @param args the parts to run: `creates`, `watches`, `pods`; none for all
    public static void main(String[] args) throws Exception {
        var wanted = args.length == 0 ? List.of("creates", "watches", "pods") : List.of(args);
        for (var part : wanted) {
            var folder = Files.createTempDirectory("bench");
            try (var master = Master.start(folder)) {
                var client = ApiClient.of(master.kubeconfig());
                switch (part) {
                    case "creates" -> {
                        load(client, "warm", 100, WARM);
                        creates(client, 100, Duration.ofSeconds(15));
                        creates(client, 1, Duration.ofSeconds(10));
                    }
                    case "watches" -> watches(master, client);
                    case "pods" -> manyPods(client);
                    default -> throw new IllegalArgumentException("no such part: " + part);
                }
            }
        }
    }

    private static void manyPods(ApiClient client) throws Exception {
        pods(client, 0, 5_000);
        list(client, "while the loops take note of them");
        settle(client);
        list(client, "at rest");
        pods(client, 5_000, 10_000);
        heap();
    }

    private static void creates(ApiClient client, int clients, Duration length) throws Exception {
        load(client, "pause" + clients, clients, Duration.ofSeconds(3));
        var took = load(client, "c" + clients, clients, length);
        System.out.printf(
                "%3d clients: %,.0f durable creates/s, p50 %.2f ms, p99 %.2f ms%n",
                clients,
                took.length / (double) length.toSeconds(),
                took[took.length / 2] / 1e6,
                took[took.length * 99 / 100] / 1e6);
    }

    /// Nanoseconds that each create took, in order.
    private static long[] load(ApiClient client, String name, int clients, Duration length) {
        var times = new ConcurrentLinkedQueue<Long>();
        long end = System.nanoTime() + length.toNanos();
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int c = 0; c < clients; c++) {
                int own = c;
                var _ =
                        all.submit(
                                () -> {
                                    for (int i = 0; System.nanoTime() < end; i++) {
                                        long began = System.nanoTime();
                                        client.post(
                                                CONFIGMAPS, configMap(name + "-" + own + "-" + i));
                                        times.add(System.nanoTime() - began);
                                    }
                                    return null;
                                });
            }
        }
        var sorted = times.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private static void watches(Master master, ApiClient client) throws Exception {
        var seen = new LongAdder();
        var watchers = Stream.generate(() -> new Delays('t', seen)).limit(WATCHERS).toList();
        long sent;
        var ready = new CountDownLatch(WATCHERS);
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var watcher : watchers) {
                var _ = all.submit(() -> watch(client, ready, watcher));
            }
            ready.await();
            change(client, "warm", WARM);
            sent = change(client, "timed", TIMED_WATCHES);
            long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (seen.sum() < sent * WATCHERS && System.nanoTime() < patience) {
                LockSupport.parkNanos(1_000_000);
            }
            all.shutdownNow();
            master.kill();
        }
        var sorted = Delays.sorted(watchers);
        System.out.printf(
                "%d watchers, %,d changes/s: %,d of %,d delivered, p50 %.1f ms, p99 %.1f ms%n",
                WATCHERS,
                sent / TIMED_WATCHES.toSeconds(),
                sorted.length,
                sent * WATCHERS,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6);
    }

    /// Until the master ends.
    private static void watch(ApiClient client, CountDownLatch ready, Delays delays) {
        try {
            var path = CONFIGMAPS + "?watch=true&resourceVersion=0";
            client.tap().read(path, ready::countDown, delays);
            System.out.println("a watch ended");
        } catch (IOException | RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                System.out.println("a watch ended: " + e);
            }
        }
    }

    /// Creates objects at an even pace.
    ///
    /// @return how many
    private static long change(ApiClient client, String name, Duration length) {
        long began = System.nanoTime();
        long count = length.toSeconds() * CHANGES;
        var made = new AtomicLong();
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long i = 0; i < count; i++) {
                long due = began + i * 1_000_000_000L / CHANGES;
                for (long left = due - System.nanoTime();
                        left > 0;
                        left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                long number = i;
                var _ =
                        all.submit(
                                () -> {
                                    client.post(CONFIGMAPS, configMap(Delays.name(name, number)));
                                    return made.incrementAndGet();
                                });
            }
        }
        return made.get();
    }

    static void pods(ApiClient client, int from, int to) {
        try (var all = Executors.newFixedThreadPool(50, Thread.ofVirtual().factory())) {
            for (int i = from; i < to; i++) {
                var pod = pod("pod-" + i);
                var _ = all.submit(() -> client.post(PODS, pod));
            }
        }
    }

    /// Waits until nothing is written for two seconds.
    private static void settle(ApiClient client) throws Exception {
        var before = "";
        for (var now = revision(client); !now.equals(before); now = revision(client)) {
            before = now;
            LockSupport.parkNanos(2_000_000_000L);
        }
    }

    private static String revision(ApiClient client) throws Exception {
        return client.get(PODS + "?limit=1").replaceFirst(",\"continue.*", "");
    }

    private static void list(ApiClient client, String when) throws Exception {
        var took = new long[20];
        for (int i = 0; i < took.length; i++) {
            long began = System.nanoTime();
            client.pass(PODS);
            took[i] = System.nanoTime() - began;
        }
        Arrays.sort(took, 5, took.length);
        System.out.printf(
                "list of 5,000 pods %s: first %,d ms, then median %,d ms%n",
                when, took[0] / 1_000_000, took[5 + (took.length - 5) / 2] / 1_000_000);
    }

    private static void heap() {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var master =
                ProcessHandle.current()
                        .children()
                        .filter(ProcessHandle::isAlive)
                        .findFirst()
                        .orElseThrow();
        var pid = String.valueOf(master.pid());
        Command.run(Duration.ofMinutes(1), List.of(jcmd, pid, "GC.run")).succeeded();
        var said = Command.run(Duration.ofMinutes(1), List.of(jcmd, pid, "GC.heap_info"));
        System.out.println(
                "heap with 10,000 pods: "
                        + said.succeeded().out().lines().skip(1).findFirst().orElse(""));
    }

    private static String configMap(String name) {
        return """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s","labels":{"app":"bench"}},"data":{"a":"%s"}}\
        """
                .formatted(name, "x".repeat(400));
    }

    private static String pod(String name) {
        return """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{"app":"web","tier":"front"}},
        "spec":{"containers":[{"name":"web","image":"web:1","ports":[{"containerPort":80}],
        "env":[{"name":"A","value":"1"},{"name":"B","value":"2"}],
        "resources":{"requests":{"cpu":"100m","memory":"64Mi"},"limits":{"memory":"128Mi"}}}]}}\
        """
                .formatted(name);
    }
}

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
import java.util.concurrent.locks.LockSupport;

/// The API as clients meet it: a master process of its own, over TLS and HTTP/2. Client and master
/// share the machine, so the client's own cost is in every figure.
public final class ApiBench {
    private static final String CONFIGMAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final int WATCHERS = 100;
    private static final int CHANGES = 1_000;

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
                        creates(client, 1, Duration.ofSeconds(10));
                        creates(client, 100, Duration.ofSeconds(15));
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
        list(client);
        pods(client, 5_000, 10_000);
        heap();
    }

    private static void creates(ApiClient client, int clients, Duration length) throws Exception {
        load(client, "warm" + clients, clients, Duration.ofSeconds(20));
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
        var delays = new ConcurrentLinkedQueue<Long>();
        long expected;
        var ready = new CountDownLatch(WATCHERS);
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int w = 0; w < WATCHERS; w++) {
                var _ = all.submit(() -> watch(client, ready, delays));
            }
            ready.await();
            change(client, "warm", Duration.ofSeconds(5));
            delays.clear();
            expected = WATCHERS * change(client, "timed", Duration.ofSeconds(10));
            long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (delays.size() < expected && System.nanoTime() < patience) {
                LockSupport.parkNanos(1_000_000);
            }
            all.shutdownNow();
            master.kill();
        }
        var sorted = delays.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%d watchers, %,d changes/s: %,d of %,d delivered, p50 %.1f ms, p99 %.1f ms%n",
                WATCHERS,
                expected / WATCHERS / 10,
                sorted.length,
                expected,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6);
    }

    /// Takes the moment of writing out of each event's name.
    private static Void watch(
            ApiClient client, CountDownLatch ready, ConcurrentLinkedQueue<Long> delays)
            throws IOException {
        client.tap()
                .read(
                        CONFIGMAPS + "?watch=true&resourceVersion=0",
                        ready::countDown,
                        line -> {
                            int at = line.indexOf("\"name\":\"at-");
                            if (at > 0) {
                                int from = at + 11;
                                int to = line.indexOf('-', from);
                                long written = Long.parseLong(line.substring(from, to));
                                delays.add(System.nanoTime() - written);
                            }
                        });
        return null;
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
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(100_000);
                }
                long number = i;
                var _ =
                        all.submit(
                                () -> {
                                    client.post(
                                            CONFIGMAPS,
                                            configMap(
                                                    "at-%d-%s-%d"
                                                            .formatted(
                                                                    System.nanoTime(),
                                                                    name,
                                                                    number)));
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

    private static void list(ApiClient client) throws Exception {
        var took = new long[20];
        for (int i = 0; i < took.length; i++) {
            long began = System.nanoTime();
            client.get(PODS);
            took[i] = System.nanoTime() - began;
        }
        Arrays.sort(took, 5, took.length);
        System.out.printf(
                "list of 5,000 pods: first %,d ms, warm median %,d ms%n",
                took[0] / 1_000_000, took[5 + (took.length - 5) / 2] / 1_000_000);
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

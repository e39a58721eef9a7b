package dev.flotilla.bench;

import dev.flotilla.lab.Command;
import dev.flotilla.lab.Master;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// The API as clients meet it: a master process of its own over TLS and HTTP/2, and where it is
/// found Kubernetes' own beside it ([Peer]), one after the other. Client and server share the
/// machine, so the client is a light one ([Line]); what it costs is in every figure all the same.
public final class ApiBench {
    private static final String CONFIGMAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final Pattern REVISION = Pattern.compile("\"resourceVersion\":\"(\\d+)\"");
    private static final int CLIENTS = 100;
    private static final int WATCHERS = 100;
    private static final char PHASE = 't'; // of "timed"
    private static final int CHANGES = 1_000;

    private static final Duration WARM = Duration.ofSeconds(90);
    private static final Duration TIMED_CREATES = Duration.ofSeconds(15);
    private static final Duration TIMED_WATCHES = Duration.ofSeconds(10);

    private ApiBench() {}

    /// @param args the parts to run: `creates`, `watches`, `pods`; none for all
    public static void main(String[] args) throws Exception {
        var wanted = args.length == 0 ? List.of("creates", "watches", "pods") : List.of(args);
        for (var part : wanted) {
            for (var shape : shapes(part)) {
                var folder = Files.createTempDirectory("bench");
                try (var master = Trained.start(folder)) {
                    measure(shape, Target.of(master));
                    if (part.equals("pods")) {
                        heap(master);
                    }
                    master.kill();
                }
                var peer = Peer.found(Files.createTempDirectory("peer"));
                if (peer.isPresent()) {
                    try (var other = peer.get()) {
                        measure(shape, other.start());
                    }
                }
            }
        }
    }

    /// One measurement; each has a server of its own, with nothing of another's in its memory.
    private interface Shape {
        void measure(Target target) throws Exception;
    }

    private static List<Shape> shapes(String part) {
        return switch (part) {
            case "creates" ->
                    List.of(
                            target -> creates(target, 1, CLIENTS),
                            target -> creates(target, CLIENTS, 1),
                            target -> creates(target, 1, 1));
            case "watches" ->
                    List.of(
                            target -> watches(target, WATCHERS, 1),
                            target -> watches(target, 1, WATCHERS));
            case "pods" -> List.of(ApiBench::manyPods);
            default -> throw new IllegalArgumentException("no such part: " + part);
        };
    }

    private static void measure(Shape shape, Target target) throws Exception {
        System.out.println(target.name());
        shape.measure(target);
    }

    private static void manyPods(Target target) throws Exception {
        var client = ApiClient.of(target);
        pods(client, 0, 5_000);
        list(client, "while the loops take note of them");
        settle(client);
        list(client, "at rest");
        pods(client, 5_000, 10_000);
    }

    private static void creates(Target target, int connections, int callers) throws Exception {
        var name = "c-%d-%d-".formatted(connections, callers);
        var load = new Load(target, connections, callers);
        load.warm(CONFIGMAPS, n -> configMap(name + "warm-" + n));
        long before = target.cpuMicros();
        var seen = load.run(CONFIGMAPS, n -> configMap(name + n), TIMED_CREATES);
        System.out.printf(
                "  %d x %d callers: %,.0f durable creates/s, p50 %.2f ms, p99 %.2f ms, %d µs of CPU"
                        + " each%n",
                connections,
                callers,
                seen.perSecond(),
                seen.millis(50),
                seen.millis(99),
                (target.cpuMicros() - before) / seen.nanos().length);
    }

    private static void watches(Target target, int connections, int each) throws Exception {
        var now = REVISION.matcher(ApiClient.of(target).get(CONFIGMAPS + "?limit=1"));
        var path = CONFIGMAPS + "?watch=true&resourceVersion=" + (now.find() ? now.group(1) : "0");
        var pace = new Pace(target, CHANGES);
        long sent;
        Watchers watchers;
        long cpu;
        try (var open = new Watchers(target, connections, each, path, PHASE)) {
            watchers = open;
            long _ = pace.run(CONFIGMAPS, n -> configMap(Delays.name("warm", n)), WARM);
            cpu = target.cpuMicros();
            sent =
                    pace.run(
                            CONFIGMAPS,
                            n -> configMap(Delays.name(PHASE + "-" + connections, n)),
                            TIMED_WATCHES);
            long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (open.seen() < sent * WATCHERS && System.nanoTime() < patience) {
                LockSupport.parkNanos(1_000_000);
            }
            cpu = target.cpuMicros() - cpu;
        }
        var sorted = watchers.sorted();
        System.out.printf(
                "  %d x %d watchers, %,d changes/s: %,d of %,d delivered, p50 %.1f ms, p99 %.1f ms,"
                        + " %d µs of CPU each change%n",
                connections,
                each,
                sent / TIMED_WATCHES.toSeconds(),
                sorted.length,
                sent * WATCHERS,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6,
                cpu / sent);
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
                "  list of 5,000 pods %s: first %,d ms, then median %,d ms%n",
                when, took[0] / 1_000_000, took[5 + (took.length - 5) / 2] / 1_000_000);
    }

    private static void heap(Master master) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var pid = String.valueOf(master.pid());
        Command.run(Duration.ofMinutes(1), List.of(jcmd, pid, "GC.run")).succeeded();
        var said = Command.run(Duration.ofMinutes(1), List.of(jcmd, pid, "GC.heap_info"));
        System.out.println(
                "  heap with 10,000 pods: "
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

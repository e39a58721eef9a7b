package dev.flotilla.bench;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A fleet end to end: a Deployment's pods from its creation through the API until all are bound
/// and run on simulated nodes, as a watch sees it; a rolling update; and what a master takes when
/// nothing happens. One master process a size; its client shares the machine. Images are there and
/// containers start within two milliseconds.
public final class FleetBench {
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final int ROUNDS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final Duration REST = Duration.ofSeconds(30);
    private static final Pattern READY =
            Pattern.compile(
                    "\"status\":\"True\",\"type\":\"Ready\"|\"type\":\"Ready\",\"status\":\"True\"");

    private FleetBench() {}

    /// @param args the parts to run: `small` (100 nodes), `large` (1,000); none for both
    public static void main(String[] args) throws Exception {
        boolean all = args.length == 0;
        if (all || args[0].equals("small")) {
            with(
                    100,
                    client -> {
                        warm(client);
                        round(client, "web-100", 100);
                        round(client, "web-1000", 1_000);
                        rolling(client);
                    });
        }
        if (all || args[0].equals("large")) {
            with(
                    1_000,
                    client -> {
                        warm(client);
                        rest("1,000 nodes, no pods");
                        deploy(client, watch(client, "web-10000", false), "web-10000", 10_000);
                        rest("1,000 nodes, 10,000 pods");
                    });
        }
    }

    private interface Part {
        void run(ApiClient client) throws Exception;
    }

    private static void with(int nodes, Part part) throws Exception {
        var folder = Files.createTempDirectory("bench");
        try (var master =
                Trained.start(
                        folder,
                        "--simulate",
                        String.valueOf(nodes),
                        "--node-cidr",
                        "10.128.0.0/10")) {
            var client = ApiClient.of(master.kubeconfig());
            long began = System.nanoTime();
            while (ready(client) < nodes) {
                LockSupport.parkNanos(100_000_000);
            }
            System.out.printf("%,6d nodes ready after %,d ms%n", nodes, millis(began));
            part.run(client);
            master.kill();
        }
    }

    private static long ready(ApiClient client) throws Exception {
        return READY.matcher(client.get("/api/v1/nodes")).results().count();
    }

    /// Rounds of 1,000: the first is what a master costs that was started just now.
    private static void warm(ApiClient client) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            round(client, "warm-" + i, 1_000);
        }
    }

    /// Deploys and takes away again.
    private static void round(ApiClient client, String app, int replicas) throws Exception {
        var tally = watch(client, app, false);
        deploy(client, tally, app, replicas);
        client.delete(DEPLOYMENTS + "/" + app);
        await(tally, c -> c.live() == 0);
    }

    private static void deploy(ApiClient client, PodTally tally, String app, int replicas)
            throws Exception {
        long revision = revision(client);
        long cpu = cpu();
        long began = System.nanoTime();
        client.post(DEPLOYMENTS, deployment(app, replicas, "instant:1"));
        long made = await(tally, c -> c.live() == replicas) - began;
        long bound = await(tally, c -> c.bound() == replicas) - began;
        long running = await(tally, c -> c.running() == replicas) - began;
        System.out.printf(
                "%,6d replicas (%s): all made after %,d ms, bound after %,d ms, Running after %,d"
                        + " ms; until then %.1f writes and %.1f ms of CPU a pod%n",
                replicas,
                app,
                made / 1_000_000,
                bound / 1_000_000,
                running / 1_000_000,
                (revision(client) - revision) / (double) replicas,
                (cpu() - cpu) / 1e6 / replicas);
    }

    private static void rolling(ApiClient client) throws Exception {
        int replicas = 1_000;
        int surge = 250;
        var tally = watch(client, "roll", true);
        client.post(DEPLOYMENTS, deployment("roll", replicas, "instant:1"));
        await(tally, c -> c.running() == replicas);
        awaitAvailable(client, replicas);
        tally.watchLeast();
        long revision = revision(client);
        long began = System.nanoTime();
        client.patch(
                DEPLOYMENTS + "/roll",
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"instant:2\"}]}}}}");
        awaitAvailable(client, replicas);
        long took = millis(began);
        await(tally, c -> c.live() == replicas);
        var count = tally.count();
        System.out.printf(
                "rolling update of %,d: %,d ms, %,d writes, at most %,d pods (%,d allowed), at"
                        + " least %,d ready%n",
                replicas,
                took,
                revision(client) - revision,
                count.most(),
                replicas + surge,
                count.least());
    }

    /// Until the Deployment says that all its pods are of its newest template and available.
    private static void awaitAvailable(ApiClient client, int replicas) throws Exception {
        while (true) {
            var object = JsonMapper.shared().readTree(client.get(DEPLOYMENTS + "/roll"));
            var status = object.path("status");
            if (status.path("observedGeneration").asInt(0)
                            == object.at("/metadata/generation").asInt()
                    && status.path("updatedReplicas").asInt(0) == replicas
                    && status.path("availableReplicas").asInt(0) == replicas
                    && status.path("replicas").asInt(0) == replicas) {
                return;
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    /// What the master takes of one core once it has come to rest.
    private static void rest(String what) {
        LockSupport.parkNanos(SETTLE.toNanos());
        long before = cpu();
        long began = System.nanoTime();
        LockSupport.parkNanos(REST.toNanos());
        System.out.printf(
                "at rest with %s: %.1f %% of one core%n",
                what, 100.0 * (cpu() - before) / (System.nanoTime() - began));
    }

    private static long cpu() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .findFirst()
                .flatMap(p -> p.info().totalCpuDuration())
                .orElseThrow()
                .toNanos();
    }

    /// A watch from now on; it ends with the master.
    private static PodTally watch(ApiClient client, String app, boolean closely) throws Exception {
        var tally = new PodTally(app, closely);
        var begun = new CountDownLatch(1);
        var path = PODS + "?watch=true&resourceVersion=" + revision(client);
        Thread.ofVirtual().start(() -> read(client, path, begun, tally));
        begun.await();
        return tally;
    }

    private static void read(ApiClient client, String path, CountDownLatch begun, PodTally tally) {
        try {
            client.tap().read(path, begun::countDown, tally);
        } catch (IOException e) {
            begun.countDown(); // the master was killed
        }
    }

    /// @return when it was so
    private static long await(PodTally tally, Predicate<PodTally.Count> wanted) {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.test(tally.count())) {
            if (System.nanoTime() > patience) {
                throw new IllegalStateException("still " + tally.count());
            }
            LockSupport.parkNanos(2_000_000);
        }
        return System.nanoTime();
    }

    private static long revision(ApiClient client) throws Exception {
        return JsonMapper.shared()
                .readTree(client.get(PODS + "?limit=1"))
                .at("/metadata/resourceVersion")
                .asLong();
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }

    private static String deployment(String app, int replicas, String image) {
        return """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%1$s"},
        "spec":{"replicas":%2$d,"selector":{"matchLabels":{"app":"%1$s"}},
        "template":{"metadata":{"labels":{"app":"%1$s"}},
        "spec":{"containers":[{"name":"web","image":"%3$s","ports":[{"containerPort":80}],
        "resources":{"requests":{"cpu":"100m","memory":"64Mi"}}}]}}}}\
        """
                .formatted(app, replicas, image);
    }
}

package dev.flotilla.bench;

import dev.flotilla.lab.Lab;
import dev.flotilla.lab.LabNode;
import dev.flotilla.lab.Master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// Pods on real engines in the lab, beside what Docker itself takes there: 50 pods on one node
/// beside 50 times `docker run -d`, 30 pods on five nodes beside `docker service create --replicas
/// 30`, in turns; what a node with 50 pods costs when nothing happens; and an image of 1 GB brought
/// to a node beside `docker save | ssh docker load`. As root, where a lab can run.
public final class PodBench {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String NODES = "/api/v1/nodes";
    private static final Pattern RUNNING = Pattern.compile("\"phase\":\"Running\"");
    private static final Pattern THERE = Pattern.compile("\"phase\":");
    private static final Pattern READY =
            Pattern.compile(
                    "\"status\":\"True\",\"type\":\"Ready\"|\"type\":\"Ready\",\"status\":\"True\"");
    private static final String PUSHES = "/apis/flotilla.dev/v1alpha1/imagepushes";
    private static final Pattern OVER = Pattern.compile("\"completionTime\"");

    /// Four layers of what can't be packed.
    private static final String PUSHED =
            """
            mkdir -p /tmp/pushed && cd /tmp/pushed && echo FROM busybox:latest > Dockerfile
            for i in 1 2 3 4; do
              head -c 250000000 /dev/urandom > file$i; echo COPY file$i / >> Dockerfile
            done
            docker build -q -t pushed:1 . && rm -r /tmp/pushed
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration REST = Duration.ofSeconds(60);
    private static final int ROUNDS = 3;
    private static final int ALONE = 50;
    private static final int SPREAD = 30;

    private PodBench() {}

    /// @param args the part to run: `node`, `swarm`, `rest`, `push`; none for all
    public static void main(String[] args) throws Exception {
        boolean all = args.length == 0;
        if (all || args[0].equals("node")) {
            with(1, PodBench::besideRun);
        }
        if (all || args[0].equals("rest")) {
            with(1, PodBench::rest);
        }
        if (all || args[0].equals("push")) {
            with(2, PodBench::besideLoad);
        }
        if (all || args[0].equals("swarm")) {
            with(5, PodBench::besideSwarm);
        }
    }

    private interface Part {
        void run(Fleet fleet) throws Exception;
    }

    private record Fleet(Lab lab, Master master, ApiClient client) {}

    private static void with(int nodes, Part part) throws Exception {
        var folder = Files.createTempDirectory("bench");
        try (var lab = Lab.up(nodes)) {
            lab.open();
            try (var master = Trained.start(folder)) {
                for (var node : lab.nodes()) {
                    master.kubectl().apply(node.machine());
                }
                var client = ApiClient.of(master.kubeconfig());
                await(client, NODES, READY, nodes);
                part.run(new Fleet(lab, master, client));
            }
        }
    }

    private static void besideRun(Fleet fleet) throws Exception {
        var node = fleet.lab.node(1);
        var ours = new long[ROUNDS];
        var theirs = new long[ROUNDS];
        fifty(fleet.client, "warm");
        gone(fleet.client);
        for (int round = 0; round < ROUNDS; round++) {
            ours[round] = fifty(fleet.client, "r" + round);
            gone(fleet.client);
            theirs[round] = run(node);
        }
        report("50 pods on one node", ours, "50 x docker run -d", theirs);
    }

    /// @return until all run, in nanoseconds
    private static long fifty(ApiClient client, String name) throws Exception {
        long began = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < ALONE; i++) {
                var pod = pod(name + "-" + i);
                var _ = threads.submit(() -> client.post(PODS, pod));
            }
        }
        return await(client, PODS, RUNNING, ALONE) - began;
    }

    /// One after the other, as a person or a script runs them, on the node itself.
    private static long run(LabNode node) {
        long began = System.nanoTime();
        node.exec(
                "sh",
                "-c",
                "for i in $(seq " + ALONE + "); do docker run -d --name run-$i web:1; done");
        long took = System.nanoTime() - began;
        node.exec("sh", "-c", "docker rm -f $(docker ps -aq --filter name=run-)");
        return took;
    }

    private static void besideSwarm(Fleet fleet) throws Exception {
        var first = fleet.lab.node(1);
        first.docker("swarm", "init", "--advertise-addr", first.address());
        var token = first.docker("swarm", "join-token", "-q", "worker").strip();
        for (var node : fleet.lab.nodes().subList(1, 5)) {
            node.docker("swarm", "join", "--token", token, first.address() + ":2377");
        }
        var ours = new long[ROUNDS];
        var theirs = new long[ROUNDS];
        thirty(fleet.client, "warm");
        for (int round = 0; round < ROUNDS; round++) {
            ours[round] = thirty(fleet.client, "r" + round);
            theirs[round] = service(first, fleet.lab);
        }
        report("30 pods on 5 nodes", ours, "docker service create --replicas 30", theirs);
    }

    private static long thirty(ApiClient client, String name) throws Exception {
        long began = System.nanoTime();
        client.post(DEPLOYMENTS, deployment(name));
        long took = await(client, PODS, RUNNING, SPREAD) - began;
        client.delete(DEPLOYMENTS + "/" + name);
        await(client, PODS, THERE, 0);
        return took;
    }

    private static long service(LabNode manager, Lab lab) throws Exception {
        long began = System.nanoTime();
        manager.docker(
                "service",
                "create",
                "--detach",
                "--no-resolve-image",
                "--name",
                "s",
                "--replicas",
                String.valueOf(SPREAD),
                "web:1");
        // Asked inside the node, so that no process is started from outside for each look.
        manager.exec(
                "sh",
                "-c",
                "until docker service ls --format '{{.Replicas}}' | grep -q '^"
                        + SPREAD
                        + "/'; do sleep 0.02; done");
        long took = System.nanoTime() - began;
        manager.docker("service", "rm", "s");
        for (var node : lab.nodes()) {
            node.exec(
                    "sh",
                    "-c",
                    "while [ -n \"$(docker ps -aq --filter"
                            + " label=com.docker.swarm.service.name=s)\" ]; do sleep 0.1; done");
        }
        return took;
    }

    /// The engine of node 1 plays the one of this computer; the image goes to node 2.
    private static void besideLoad(Fleet fleet) throws Exception {
        var from = fleet.lab.node(1);
        var to = fleet.lab.node(2);
        from.exec("sh", "-c", PUSHED);
        var source = "\"engine\":{\"socket\":\"" + from.localSocket() + "\"}";
        var ours = new long[ROUNDS];
        var theirs = new long[ROUNDS];
        var again = new long[ROUNDS];
        var onward = new long[ROUNDS];
        push(fleet.client, "warm", source);
        to.docker("rmi", "pushed:1");
        for (int round = 0; round < ROUNDS; round++) {
            ours[round] = push(fleet.client, "first-" + round, source);
            again[round] = push(fleet.client, "again-" + round, source);
            to.docker("rmi", "pushed:1");
            theirs[round] = load(fleet.lab, from, to);
            to.docker("rmi", "pushed:1");
            onward[round] = push(fleet.client, "on-" + round, "\"node\":{\"name\":\"n1\"}");
            to.docker("rmi", "pushed:1");
        }
        report("an image of 1 GB to a node", ours, "docker save | ssh docker load", theirs);
        report("the same from another node", onward, "docker save | ssh docker load", theirs);
        report("once more, when it is there", again, "the first push", ours);
    }

    private static long push(ApiClient client, String name, String source) throws Exception {
        long began = System.nanoTime();
        client.post(
                PUSHES,
                """
                {"apiVersion":"flotilla.dev/v1alpha1","kind":"ImagePush","metadata":{"name":"%s"},
                "spec":{"image":"pushed:1",%s,"nodes":["n2"]}}\
                """
                        .formatted(name, source));
        long took = await(client, PUSHES + "/" + name, OVER, 1) - began;
        var status = client.get(PUSHES + "/" + name);
        if (status.contains("Failed")) {
            throw new IllegalStateException(status);
        }
        return took;
    }

    /// As a person at this computer would.
    private static long load(Lab lab, LabNode from, LabNode to) throws Exception {
        var key = Files.createTempFile("bench", ".key");
        try {
            Files.writeString(key, lab.privateKey());
            long began = System.nanoTime();
            var process =
                    new ProcessBuilder(
                                    "sh",
                                    "-c",
                                    "docker -H unix://%s save pushed:1 | ssh -i %s -o LogLevel=ERROR -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null root@%s docker load"
                                            .formatted(from.localSocket(), key, to.address()))
                            .inheritIO()
                            .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("docker save | ssh docker load failed");
            }
            return System.nanoTime() - began;
        } finally {
            Files.delete(key);
        }
    }

    private static void rest(Fleet fleet) throws Exception {
        var _ = fifty(fleet.client, "rest");
        LockSupport.parkNanos(REST.toNanos());
        long cpu = cpu(fleet.master);
        long bytes = bytes();
        long began = System.nanoTime();
        LockSupport.parkNanos(REST.toNanos());
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "a node with %d pods at rest: the master takes %.1f %% of one core, %.1f KB/s on"
                        + " the wire%n",
                ALONE,
                (cpu(fleet.master) - cpu) / 1e7 / seconds,
                (bytes() - bytes) / 1e3 / seconds);
    }

    private static long cpu(Master master) {
        return ProcessHandle.of(master.pid())
                .flatMap(p -> p.info().totalCpuDuration())
                .orElseThrow()
                .toNanos();
    }

    /// Both ways over the laptop's card of the lab, all that lies around SSH's own included.
    private static long bytes() throws IOException {
        var card = Path.of("/sys/class/net/flotilla0/statistics");
        return Long.parseLong(Files.readString(card.resolve("rx_bytes")).strip())
                + Long.parseLong(Files.readString(card.resolve("tx_bytes")).strip());
    }

    private static void gone(ApiClient client) throws Exception {
        client.delete(PODS + "?gracePeriodSeconds=1");
        await(client, PODS, THERE, 0);
    }

    /// @return when it was so
    private static long await(ApiClient client, String path, Pattern what, int count)
            throws Exception {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long seen = what.matcher(client.get(path)).results().count();
            if (seen == count) {
                return System.nanoTime();
            }
            if (System.nanoTime() > patience) {
                throw new IllegalStateException(path + " still shows " + seen + " of " + count);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static void report(String what, long[] ours, String beside, long[] theirs) {
        Arrays.sort(ours);
        Arrays.sort(theirs);
        System.out.printf(
                "%s: median %,d ms (%,d to %,d); %s: %,d ms (%,d to %,d); ratio %.2f%n",
                what,
                ours[ROUNDS / 2] / 1_000_000,
                ours[0] / 1_000_000,
                ours[ROUNDS - 1] / 1_000_000,
                beside,
                theirs[ROUNDS / 2] / 1_000_000,
                theirs[0] / 1_000_000,
                theirs[ROUNDS - 1] / 1_000_000,
                ours[ROUNDS / 2] / (double) theirs[ROUNDS / 2]);
    }

    private static String pod(String name) {
        return """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s"},
        "spec":{"containers":[{"name":"web","image":"web:1"}]}}\
        """
                .formatted(name);
    }

    private static String deployment(String name) {
        return """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%1$s"},
        "spec":{"replicas":%2$d,"selector":{"matchLabels":{"app":"%1$s"}},
        "template":{"metadata":{"labels":{"app":"%1$s"}},
        "spec":{"terminationGracePeriodSeconds":1,"containers":[{"name":"web","image":"web:1"}]}}}}\
        """
                .formatted(name, SPREAD);
    }
}

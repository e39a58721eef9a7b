package dev.flotilla.bench;

import dev.flotilla.lab.Master;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;

/// How long a master takes until it serves, over 10,000 pods and after `kill -9`: from class files
/// as `mvn -q` starts it, and from a trained package as the .deb installs it.
public final class StartBench {
    private static final int TIMES = 5;

    private StartBench() {}

    public static void main(String[] args) throws Exception {
        var folder = Files.createTempDirectory("bench");
        try (var master = Master.start(folder)) {
            ApiBench.pods(ApiClient.of(Target.of(master)), 0, 10_000);
            master.kill();
        }
        measure("from class files", () -> Master.start(folder));
        measure("from a trained package", () -> Trained.start(folder));
        peer();
    }

    /// Kubernetes' own, where it is found: from both processes' start until `/readyz` says so.
    private static void peer() throws Exception {
        var peer = Peer.found(Files.createTempDirectory("peer"));
        if (peer.isEmpty()) {
            return;
        }
        var took = new long[TIMES];
        try (var other = peer.get()) {
            ApiBench.pods(ApiClient.of(other.start()), 0, 10_000);
            for (int i = 0; i < TIMES; i++) {
                other.kill();
                long began = System.nanoTime();
                var _ = other.start();
                took[i] = System.nanoTime() - began;
            }
        }
        report("of kube-apiserver and etcd", took);
    }

    private interface Starter {
        Master start() throws IOException;
    }

    private static void measure(String how, Starter starter) throws IOException {
        var took = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long began = System.nanoTime();
            try (var master = starter.start()) {
                took[i] = System.nanoTime() - began;
                master.kill();
            }
        }
        report(how, took);
    }

    private static void report(String how, long[] nanos) {
        var millis = Arrays.stream(nanos).map(t -> t / 1_000_000).sorted().toArray();
        System.out.printf(
                "ready with 10,000 pods after kill -9, %s: median %,d ms, worst %,d ms%n",
                how, millis[TIMES / 2], millis[TIMES - 1]);
    }
}

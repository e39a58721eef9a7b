package dev.flotilla.bench;

import dev.flotilla.lab.Command;
import dev.flotilla.lab.Master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// How long a master takes until it serves, over 10,000 pods and after `kill -9`: from class files
/// as `mvn -q` starts it, and from a trained package as the .deb installs it.
public final class StartBench {
    private static final int TIMES = 5;
    private static final Path PACKAGE = Path.of("target/flotilla").toAbsolutePath();

    private StartBench() {}

    public static void main(String[] args) throws Exception {
        var folder = Files.createTempDirectory("bench");
        try (var master = Master.start(folder)) {
            ApiBench.pods(ApiClient.of(master.kubeconfig()), 0, 10_000);
            master.kill();
        }
        measure("from class files", () -> Master.start(folder));
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        var trained =
                Command.run(
                        Duration.ofMinutes(5),
                        List.of(
                                "env",
                                "FLOTILLA_JAVA=" + java,
                                PACKAGE.resolve("bin/train").toString()));
        trained.succeeded();
        measure("from a trained package", () -> Master.startPackaged(PACKAGE, folder));
        Files.delete(PACKAGE.resolve("flotilla.aot"));
        Files.delete(PACKAGE.resolve("flotilla-master.aot"));
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
        var millis = Arrays.stream(took).map(t -> t / 1_000_000).sorted().toArray();
        System.out.printf(
                "ready with 10,000 pods after kill -9, %s: median %,d ms, worst %,d ms%n",
                how, millis[TIMES / 2], millis[TIMES - 1]);
    }
}

package dev.flotilla.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.Command;
import dev.flotilla.lab.Master;
import dev.flotilla.lab.MostlyWaits;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/// `@kubernetes/client-node`, as npm has it, on a master with simulated nodes. The cases are in
/// `src/test/node/client.mjs`.
@MostlyWaits
class NodeClientTest {
    private static final Path CASES = Path.of("src/test/node");
    private static final Path INSTALLED = Path.of("target/node");
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir Path folder;

    @Test
    void everyCaseOfTheClient() throws IOException {
        install();
        try (var master = Master.start(folder, "--simulate", "2")) {
            var script = INSTALLED.resolve("client.mjs").toString();
            var node = Command.run(LIMIT, List.of("node", script, master.kubeconfig().toString()));
            assertThat(node.out().lines().filter(line -> !line.startsWith("ok ")))
                    .as(node.err())
                    .isEmpty();
            assertThat(node.out().lines()).hasSizeGreaterThan(10);
            assertThat(node.exit()).isZero();
        }
    }

    /// Skips the test where there is no npm, or fails with `FLOTILLA_LAB=required`.
    private static void install() throws IOException {
        Files.createDirectories(INSTALLED);
        for (var name : List.of("package.json", "package-lock.json", "client.mjs")) {
            Files.copy(
                    CASES.resolve(name),
                    INSTALLED.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        var npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund");
        npm.directory(INSTALLED.toFile());
        try {
            Command.run(LIMIT, npm).succeeded();
        } catch (IllegalStateException e) {
            if ("required".equals(System.getenv("FLOTILLA_LAB"))) {
                throw e;
            }
            Assumptions.abort("npm could not install the client: " + e.getMessage());
        }
    }
}

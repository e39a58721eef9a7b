package dev.flotilla.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.Master;
import dev.flotilla.lab.MostlyWaits;
import dev.flotilla.lab.NodeClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/// `@kubernetes/client-node`, as npm has it, on a master with simulated nodes. The cases are in
/// `src/test/node/client.mjs`.
@MostlyWaits
class NodeClientTest {
    @TempDir Path folder;

    @Test
    void everyCaseOfTheClient() throws IOException {
        try (var master = Master.start(folder, "--simulate", "2")) {
            var node = NodeClient.run("client.mjs", master.kubeconfig().toString());
            assertThat(node.out().lines().filter(line -> !line.startsWith("ok ")))
                    .as(node.err())
                    .isEmpty();
            assertThat(node.out().lines()).hasSizeGreaterThan(10);
            assertThat(node.exit()).isZero();
        }
    }
}

package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.MostlyWaits;
import dev.flotilla.lab.NodeClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/// Exec, attach, log and port-forward of `@kubernetes/client-node`. The cases are in
/// `src/test/node/streams.mjs`; the containers' processes run on this computer.
@MostlyWaits
class StreamsNodeTest {
    @TempDir Path temp;

    @Test
    void everyCaseOfTheClient() throws IOException {
        var streams = new LocalStreams();
        try (var echo = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var server = new TestServer(temp, streams);
                var https = server.https()) {
            Thread.startVirtualThread(() -> echo(echo));
            streams.ports.put(70, echo.getLocalPort());
            var pods = new StreamPods(https);
            pods.running("one", "n1", "a");
            pods.running("talks", "n1", "talks");
            pods.running("gone", "lost", "a");
            var node = NodeClient.run("streams.mjs", server.kubeconfig.toString(), "70");
            assertThat(node.out().lines().filter(line -> !line.startsWith("ok ")))
                    .as(node.err())
                    .isEmpty();
            assertThat(node.out().lines()).as(node.err()).hasSize(6);
            assertThat(node.exit()).isZero();
        }
    }

    private static void echo(ServerSocket server) {
        try (var one = server.accept()) {
            one.getInputStream().transferTo(one.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class KubectlTest {
    @TempDir static Path temp;
    private static TestServer server;
    private static Kubectl kubectl;

    @BeforeAll
    static void start() {
        Kubectl.require();
        server = new TestServer(temp);
        kubectl = new Kubectl(server.kubeconfig, temp);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void version() {
        assertThat(kubectl.ok("version")).contains("Server Version: v1.32.0+flotilla");
    }
}

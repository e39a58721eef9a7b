package dev.flotilla.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

class KubeconfigTest {
    private static final URI SERVER = URI.create("https://127.0.0.1:6443");

    @TempDir static Path keys;
    private static Pki pki;

    @TempDir Path temp;

    @BeforeAll
    static void makeKeys() {
        pki = Pki.open(keys, "127.0.0.1", List.of(), Instant.parse("2026-03-01T12:00:00Z"));
    }

    @Test
    void theKubeconfigIsPrivateAndReadByAClient() throws IOException {
        var file = temp.resolve("new/config");
        Kubeconfig.write(file, SERVER, pki);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var config = Config.fromKubeconfig(Files.readString(file));
        assertThat(config.getMasterUrl()).startsWith("https://127.0.0.1:6443");
        assertThat(config.getCurrentContext().getName()).isEqualTo("flotilla");
        assertThat(config.getAutoOAuthToken()).isEqualTo(pki.token());
        assertThat(config.getClientCertData()).isNotBlank();
    }

    @Test
    void otherClustersStayInTheKubeconfig() throws IOException {
        var file = temp.resolve("config");
        Files.writeString(
                file,
                """
                apiVersion: v1
                kind: Config
                current-context: work
                clusters: [{name: work, cluster: {server: "https://work:6443"}}]
                contexts: [{name: work, context: {cluster: work, user: me}}]
                users: [{name: me, user: {token: secret}}]
                """);
        Kubeconfig.write(file, URI.create("https://127.0.0.1:1"), pki);
        Kubeconfig.write(file, SERVER, pki);
        var text = Files.readString(file);
        assertThat(text)
                .contains("https://work:6443", "token: \"secret\"", "current-context: \"flotilla\"")
                .contains("https://127.0.0.1:6443")
                .doesNotContain("https://127.0.0.1:1\"");
    }

    @Test
    void aFileThatIsNoKubeconfigIsLeftAlone() throws IOException {
        var file = temp.resolve("notes.txt");
        Files.writeString(file, "remember the milk");
        assertThatThrownBy(() -> Kubeconfig.write(file, SERVER, pki))
                .isInstanceOf(PkiFailure.class)
                .hasMessageContaining("notes.txt")
                .hasMessageContaining("--kubeconfig");
        assertThat(file).hasContent("remember the milk");
    }
}

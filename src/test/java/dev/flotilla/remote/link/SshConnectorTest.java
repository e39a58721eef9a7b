package dev.flotilla.remote.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.remote.link.SshAttempt.Unreachable;
import dev.flotilla.remote.link.SshAttempt.Unreachable.Cause;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// What is told where no SSH conversation comes about. The rest needs a real sshd: SshIT.
class SshConnectorTest {
    @Test
    void aNameThatNobodyKnows() {
        assertUnreachable(connect("no-such-machine.invalid", 22), Cause.UNKNOWN_HOST)
                .contains("'no-such-machine.invalid'");
    }

    @Test
    void aPortThatNobodyListensOn() throws IOException {
        int port;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        assertUnreachable(connect("127.0.0.1", port), Cause.REFUSED)
                .contains("127.0.0.1:" + port, "Start sshd");
    }

    @Test
    void aPeerThatSaysNothing() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertUnreachable(connect("127.0.0.1", silent.getLocalPort()), Cause.TIMEOUT)
                    .contains("did not answer within 1 s");
        }
    }

    @Test
    void aPeerThatSpeaksSomethingElse() throws IOException {
        try (var web = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try (var peer = web.accept()) {
                                    var answer = "HTTP/1.1 400 Bad Request\r\n\r\n".repeat(40);
                                    peer.getOutputStream()
                                            .write(answer.getBytes(StandardCharsets.US_ASCII));
                                    peer.shutdownOutput();
                                    peer.getInputStream().readAllBytes();
                                } catch (IOException _) {
                                    // The client hung up.
                                }
                            });
            assertUnreachable(connect("127.0.0.1", web.getLocalPort()), Cause.NOT_SSH)
                    .contains("Is it an SSH server?");
        }
    }

    @Test
    void credentialsAreNeverShown() {
        assertThat(new SshCredential.Password("s3cret").toString()).doesNotContain("s3cret");
        assertThat(new SshCredential.PrivateKey("k3y", "phr4se").toString())
                .doesNotContain("k3y", "phr4se");
        assertThat(connector("h", 22).toString()).doesNotContain("s3cret");
    }

    private static org.assertj.core.api.AbstractStringAssert<?> assertUnreachable(
            SshAttempt attempt, Cause cause) {
        assertThat(attempt).isInstanceOf(Unreachable.class);
        var unreachable = (Unreachable) attempt;
        assertThat(unreachable.cause()).as(unreachable.message()).isEqualTo(cause);
        return assertThat(unreachable.message());
    }

    private static SshAttempt connect(String host, int port) {
        return connector(host, port).connect();
    }

    private static SshConnector connector(String host, int port) {
        return new SshConnector(
                new SshTarget(host, port, "root"),
                new SshCredential.Password("s3cret"),
                "SHA256:none",
                Duration.ofSeconds(1));
    }
}

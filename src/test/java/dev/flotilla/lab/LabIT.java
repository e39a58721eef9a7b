package dev.flotilla.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.transport.verification.PromiscuousVerifier;
import net.schmizz.sshj.userauth.UserAuthException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/// The lab does what its tests believe.
@LabPair
class LabIT {
    @RegisterExtension static final Lab lab = Lab.pair();

    @Test
    void aNodeRunsContainersFromTheImagesItCameWith() {
        var said = lab.node(1).docker("run", "--rm", "busybox", "echo", "ahoy");
        assertThat(said.strip()).isEqualTo("ahoy");
        assertThat(lab.node(2).docker("images", "--format", "{{.Repository}}:{{.Tag}}").lines())
                .containsExactlyInAnyOrder(
                        "busybox:latest", "web:1", "pause:1", "flotilla.dev/proxy:1");
    }

    @Test
    void sshTakesTheKeyAndTheRightPasswordOnly() throws IOException {
        try (var ssh = connected(lab.node(1))) {
            ssh.authPublickey("root", ssh.loadKeys(lab.privateKey(), null, null));
        }
        try (var ssh = connected(lab.node(1))) {
            ssh.authPassword("sailor", Lab.SAILOR_PASSWORD);
        }
        try (var ssh = connected(lab.node(1))) {
            assertThatThrownBy(() -> ssh.authPassword("sailor", "wrong"))
                    .isInstanceOf(UserAuthException.class);
        }
    }

    @Test
    void theHostKeyIsTheOneThatSshdShowsAndCanChange() {
        var node = lab.node(1);
        var before = node.hostKey();
        assertThat(node.exec("ssh-keygen", "-lf", "/etc/ssh/ssh_host_ed25519_key.pub"))
                .contains(before);
        node.changeHostKey();
        assertThat(node.hostKey()).startsWith("SHA256:").isNotEqualTo(before);
    }

    @Test
    void theDockerSocketIsReachableFromHere() throws IOException {
        try (var socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            var socketFile = UnixDomainSocketAddress.of(lab.node(1).localSocket());
            assertThat(socket.connect(socketFile)).isTrue();
        }
    }

    @Test
    void powerOffKillsEverythingAndTheDiskStays() {
        var node = lab.node(2);
        node.docker("run", "-d", "--name", "survivor", "--restart", "always", "pause:1");
        node.exec("sync");
        node.powerOff();
        assertThat(pings(lab.node(1), node)).isFalse();
        node.boot();
        assertThat(pings(lab.node(1), node)).isTrue();
        assertThat(node.docker("inspect", "-f", "{{.State.Running}}", "survivor").strip())
                .isEqualTo("true");
        node.docker("rm", "-f", "survivor");
    }

    @Test
    void aCutNodeAndAFrozenOneDoNotAnswerUntilMended() {
        var node = lab.node(2);
        node.cut();
        assertThat(pings(lab.node(1), node)).isFalse();
        node.heal();
        assertThat(pings(lab.node(1), node)).isTrue();
        node.cutFrom(lab.node(1));
        assertThat(pings(lab.node(1), node)).isFalse();
        node.heal();
        assertThat(pings(lab.node(1), node)).isTrue();
        node.freeze();
        assertThatThrownBy(() -> connected(node).close()).isInstanceOf(IOException.class);
        node.thaw();
        assertThat(node.exec("echo", "awake")).isEqualTo("awake\n");
    }

    private static boolean pings(LabNode from, LabNode to) {
        return from.run("ping", "-c", "1", "-W", "1", to.address()).exit() == 0;
    }

    private static SSHClient connected(LabNode node) throws IOException {
        var ssh = new SSHClient();
        ssh.addHostKeyVerifier(new PromiscuousVerifier());
        ssh.setConnectTimeout(3000);
        ssh.setTimeout(3000);
        ssh.connect(node.address(), node.sshPort());
        return ssh;
    }
}

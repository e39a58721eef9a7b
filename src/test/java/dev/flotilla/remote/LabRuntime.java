package dev.flotilla.remote;

import dev.flotilla.lab.Lab;
import dev.flotilla.lab.LabNode;
import dev.flotilla.remote.link.SshAttempt;
import dev.flotilla.remote.link.SshConnector;
import dev.flotilla.remote.link.SshCredential;
import dev.flotilla.remote.link.SshLink;
import dev.flotilla.remote.link.SshTarget;

import java.time.Clock;
import java.time.Duration;

/// The engine of a lab node, over SSH.
public final class LabRuntime {
    private LabRuntime() {}

    public static DockerRuntime over(Lab lab, LabNode node) {
        var connector =
                new SshConnector(
                        new SshTarget(node.address(), node.sshPort(), "root"),
                        new SshCredential.PrivateKey(lab.privateKey(), null),
                        node.hostKey(),
                        Duration.ofSeconds(5));
        if (connector.connect() instanceof SshAttempt.Connected connected) {
            return DockerRuntime.over(
                    new SshLink(connector, connected.session()), Clock.systemUTC());
        }
        throw new AssertionError("no connection to " + node.address());
    }
}

package dev.flotilla.provision;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.model.MachineSpec;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.remote.image.SystemTar;
import dev.flotilla.remote.link.SshAttempt;
import dev.flotilla.remote.link.SshConnector;
import dev.flotilla.remote.link.SshTarget;

import io.fabric8.kubernetes.api.model.Secret;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// The systems of machines that need not be nodes, as tars.
public record VmSystems(Cluster cluster) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Whoever takes the tar closes it, and with it the connection.
    ///
    /// @param exclude further paths to leave out
    /// @throws IllegalArgumentException if it can't be reached, in words
    public InputStream open(MachineSpec.Ssh ssh, List<String> exclude) throws IOException {
        var name = Objects.requireNonNullElse(ssh.secretName(), "");
        var credential =
                cluster.get(Secret.class, new ObjectKey(Marks.SYSTEM_NAMESPACE, name))
                        .map(Credentials::credential)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "there is no Secret '%s' with 'password' or 'privateKey' in the namespace %s"
                                                        .formatted(name, Marks.SYSTEM_NAMESPACE)));
        var connector =
                new SshConnector(
                        new SshTarget(
                                ssh.host(),
                                ssh.port() == null ? 22 : ssh.port(),
                                ssh.user() == null ? "root" : ssh.user()),
                        credential,
                        ssh.hostKey(),
                        PATIENCE);
        return switch (connector.connect()) {
            case SshAttempt.Problem problem ->
                    throw new IllegalArgumentException(Failure.of(problem).message());
            case SshAttempt.Connected(var session) -> {
                try {
                    yield new FilterInputStream(SystemTar.of(session, exclude)) {
                        @Override
                        public void close() throws IOException {
                            try (session) {
                                super.close();
                            }
                        }
                    };
                } catch (IOException e) {
                    session.close();
                    throw e;
                }
            }
        };
    }
}

package dev.flotilla.remote.disk;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerSpec.Security;
import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.NodeHost;

import java.time.Duration;

/// Seccomp profiles that lie on a node: an engine wants their text, not their place.
public record SeccompFiles(NodeHost host, String where) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// The same with the profile's text.
    ///
    /// @throws RefusedByEngine if the node has no such file
    public Security read(Security security) {
        if (!security.seccomp().startsWith("/")) {
            return security;
        }
        var said = host.runAsRoot(Argv.of("cat", "--", security.seccomp()), new byte[0], PATIENCE);
        if (!said.ok()) {
            throw new RefusedByEngine(
                    "the seccomp profile %s can't be read on %s: %s"
                            .formatted(security.seccomp(), where, said.words()));
        }
        return security.withSeccomp(said.output());
    }
}

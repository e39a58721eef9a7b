package dev.flotilla.remote.proxy;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.NodeHost;
import dev.flotilla.remote.link.Scripts;

import java.time.Duration;

/// Has the script that readies routes and rules run now and after each boot, with no master.
record NodeRoutes(NodeHost host) {
    private static final String SCRIPT = Scripts.text(NodeRoutes.class, "network-units.sh");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// The script lies in its place.
    void bring() {
        var argv = Argv.of("sh", "-c", SCRIPT, "network-units", ProxyFolder.PATH);
        var said = host.runAsRoot(argv, new byte[0], PATIENCE);
        if (!said.ok()) {
            throw new RefusedByEngine(
                    "Routes and rules for services could not be set on %s: %s. It needs root or a sudo that asks no password."
                            .formatted(host.address(), said.words()));
        }
    }
}

package dev.flotilla.remote.stream;

import com.github.dockerjava.api.command.InspectContainerResponse;

import dev.flotilla.cluster.PodStreams.Running;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.stream.ContainerStreams;
import dev.flotilla.node.stream.LogAsk;
import dev.flotilla.remote.container.ContainerView;
import dev.flotilla.remote.engine.Engine;
import dev.flotilla.remote.link.NodeHost;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/// What flows to and from Docker's containers, all of it over the node's one connection.
public final class DockerStreams implements ContainerStreams, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String LOCALHOST = "127.0.0.1";

    private final Engine engine;
    private final NodeHost host;
    private final PortRelay relay;

    public DockerStreams(Engine engine, NodeHost host) {
        this.engine = engine;
        this.host = host;
        this.relay = new PortRelay(engine.where(), host);
    }

    @Override
    public void log(String containerId, LogAsk ask, OutputStream out) throws IOException {
        new DockerLog(engine, containerId, inspect(containerId)).write(ask, out);
    }

    @Override
    public Running exec(String containerId, List<String> command) {
        return new DockerExec(engine, host, containerId, command);
    }

    @Override
    public Running attach(String containerId) {
        var config = inspect(containerId).getConfig();
        return new DockerAttach(
                engine,
                containerId,
                Boolean.TRUE.equals(config.getTty()),
                Boolean.TRUE.equals(config.getStdInOnce()));
    }

    /// On the node's own network its `localhost` is the container's; else a relay goes there. Where
    /// none can run the pod's address has to do, which reaches whatever listens on all addresses.
    @Override
    public Socket dial(String containerId, int port) throws IOException {
        var seen = inspect(containerId);
        var mode = seen.getHostConfig().getNetworkMode();
        if ("host".equals(mode)) {
            return host.dial(LOCALHOST, port, PATIENCE);
        }
        var pid = seen.getState().getPidLong();
        if (pid == null || pid <= 0) {
            throw new IOException("container not running (%s)".formatted(containerId));
        }
        try {
            return relay.dial(pid, port);
        } catch (PortRelay.NotThere e) {
            var address = ContainerView.of(seen).address();
            if (address.isEmpty()) {
                throw e;
            }
            try {
                return host.dial(address, port, PATIENCE);
            } catch (IOException other) {
                throw new IOException(
                        "failed to connect to %s:%d: %s. %s"
                                .formatted(address, port, other.getMessage(), e.getMessage()),
                        other);
            }
        }
    }

    private InspectContainerResponse inspect(String containerId) {
        if (containerId.isEmpty()) {
            throw new RefusedByEngine("No such container");
        }
        return engine.ask("inspect a container", c -> c.inspectContainerCmd(containerId).exec());
    }

    @Override
    public void close() {
        relay.close();
    }
}

package dev.flotilla.simulate;

import dev.flotilla.cluster.PodStreams.Running;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.stream.ContainerStreams;
import dev.flotilla.node.stream.LogAsk;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;

/// The little that simulated containers let flow: there is no process in them.
///
/// @param ask fails when the node does not answer
record SimulatedStreams(SimulatedContainers containers, Runnable ask) implements ContainerStreams {
    private static final String NOTHING =
            "the node is simulated: no process runs in its containers, so there is nothing to ";

    @Override
    public void log(String containerId, LogAsk what, OutputStream out)
            throws IOException, InterruptedException {
        ask.run();
        containers
                .log(containerId)
                .orElseThrow(() -> new RefusedByEngine("No such container: " + containerId))
                .write(what, out);
    }

    @Override
    public Running exec(String containerId, List<String> command) {
        ask.run();
        throw new RefusedByEngine(NOTHING + "run a command beside");
    }

    @Override
    public Running attach(String containerId) {
        ask.run();
        throw new RefusedByEngine(NOTHING + "attach to");
    }

    @Override
    public Socket dial(String containerId, int port) throws IOException {
        ask.run();
        throw new IOException(NOTHING + "connect to at port " + port);
    }
}

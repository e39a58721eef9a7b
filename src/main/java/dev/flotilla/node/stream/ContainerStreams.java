package dev.flotilla.node.stream;

import dev.flotilla.cluster.PodStreams.Running;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;

/// What an engine lets flow to and from its containers. Each call throws [RuntimeUnavailable] when
/// the node does not answer, and [RefusedByEngine] when its answer is no.
public interface ContainerStreams {
    /// Writes what a container wrote in one of its runs, both outputs as one.
    ///
    /// @param out throws when it is to end
    void log(String containerId, LogAsk ask, OutputStream out)
            throws IOException, InterruptedException;

    /// Makes ready to run a command in a container.
    Running exec(String containerId, List<String> command);

    /// Makes ready to connect with a container's own process, whose terminal it has if there is
    /// one.
    Running attach(String containerId);

    /// A connection to a port on the `localhost` of a container that runs.
    ///
    /// @throws IOException if nobody listens or the node does not answer
    Socket dial(String containerId, int port) throws IOException;
}

package dev.flotilla.app;

import dev.flotilla.cluster.PodStreams;
import dev.flotilla.model.ObjectKey;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// Streams of nodes that are attached only after the API serves.
final class LateStreams implements PodStreams {
    private volatile PodStreams nodes = NONE;

    /// From now on they go there.
    void lead(PodStreams nodes) {
        this.nodes = nodes;
    }

    @Override
    public void log(Place at, LogOptions options, OutputStream out)
            throws IOException, InterruptedException, Unreachable, Refused {
        nodes.log(at, options, out);
    }

    @Override
    public Running exec(Place at, List<String> command) throws Unreachable, Refused {
        return nodes.exec(at, command);
    }

    @Override
    public Running attach(Place at) throws Unreachable, Refused {
        return nodes.attach(at);
    }

    @Override
    public Ports ports(String node, ObjectKey pod) throws Unreachable, Refused {
        return nodes.ports(node, pod);
    }
}

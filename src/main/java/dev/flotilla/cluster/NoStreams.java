package dev.flotilla.cluster;

import dev.flotilla.model.ObjectKey;

import java.io.OutputStream;
import java.util.List;

/// Reaches no node.
final class NoStreams implements PodStreams {
    @Override
    public void log(Place at, LogOptions options, OutputStream out) throws Unreachable {
        throw unreachable(at.node());
    }

    @Override
    public Running exec(Place at, List<String> command) throws Unreachable {
        throw unreachable(at.node());
    }

    @Override
    public Running attach(Place at) throws Unreachable {
        throw unreachable(at.node());
    }

    @Override
    public Ports ports(String node, ObjectKey pod) throws Unreachable {
        throw unreachable(node);
    }

    private static Unreachable unreachable(String node) {
        return new Unreachable("nothing here reaches the node " + node);
    }
}

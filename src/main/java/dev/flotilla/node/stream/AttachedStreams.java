package dev.flotilla.node.stream;

import dev.flotilla.cluster.PodStreams;
import dev.flotilla.model.ObjectKey;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What flows to and from the pods of all nodes that are attached.
///
/// @param nodes by their names
public record AttachedStreams(Function<String, Optional<NodeStreams>> nodes) implements PodStreams {
    @Override
    public void log(Place at, LogOptions options, OutputStream out)
            throws IOException, InterruptedException, Unreachable, Refused {
        node(at.node()).log(at, options, out);
    }

    @Override
    public Running exec(Place at, List<String> command) throws Unreachable, Refused {
        return node(at.node()).exec(at, command);
    }

    @Override
    public Running attach(Place at) throws Unreachable, Refused {
        return node(at.node()).attach(at);
    }

    @Override
    public Ports ports(String node, ObjectKey pod) throws Unreachable, Refused {
        return node(node).ports(pod);
    }

    private NodeStreams node(String name) throws Unreachable {
        return nodes.apply(name)
                .orElseThrow(() -> new Unreachable("nothing here is attached to the node " + name));
    }
}

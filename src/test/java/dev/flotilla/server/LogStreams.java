package dev.flotilla.server;

import dev.flotilla.cluster.PodStreams;
import dev.flotilla.model.ObjectKey;

import java.util.List;

/// A node side with logs and nothing else.
@FunctionalInterface
interface LogStreams extends PodStreams {
    @Override
    default Running exec(Place at, List<String> command) throws Refused {
        throw new Refused("container not found (\"%s\")".formatted(at.container()));
    }

    @Override
    default Running attach(Place at) throws Refused {
        throw new Refused("container not found (\"%s\")".formatted(at.container()));
    }

    @Override
    default Ports ports(String node, ObjectKey pod) throws Refused {
        throw new Refused("pod not found");
    }
}

package dev.flotilla.node;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// One container, in the terms that an engine understands.
///
/// @param name unique on the node
/// @param command replaces the image's entrypoint if not empty
/// @param args replaces the image's command if not empty
/// @param hostname of the pod; with `joins` it is that container's already
/// @param labels where all that is needed to know the container again stands; no secrets
/// @param address its IP on the pod network; null with `joins`
/// @param joins the id of the container whose network namespace it shares
/// @param cpuMillis limit, 0 for none
/// @param cpuShares weight from the request, 0 for the engine's own
/// @param memoryBytes limit, 0 for none
/// @param restart what the engine does by itself when the container ends
public record ContainerSpec(
        String name,
        String image,
        String hostname,
        List<String> command,
        List<String> args,
        @Nullable String workingDir,
        Map<String, String> environment,
        Map<String, String> labels,
        @Nullable String address,
        @Nullable String joins,
        List<Port> ports,
        long cpuMillis,
        int cpuShares,
        long memoryBytes,
        Restart restart) {

    /// A port that the pod declares.
    ///
    /// @param hostPort 0 if it is not published on the node
    public record Port(int containerPort, int hostPort, String protocol) {}

    /// Docker's restart policies, as far as pods need them.
    public enum Restart {
        NEVER,
        ON_FAILURE,
        ALWAYS
    }
}

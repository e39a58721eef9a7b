package dev.flotilla.model;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// What is brought where. Exactly one of `engine`, `archive`, `node`, `build` and `vm` is set;
/// paths are of the computer on which the master runs.
///
/// @param image its name on the nodes; may be absent only for an archive, whose own names then hold
/// @param nodes names; all that are ready when absent or empty
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImagePushSpec(
        @Nullable String image,
        @Nullable Engine engine,
        @Nullable Archive archive,
        @Nullable OnNode node,
        @Nullable Build build,
        @Nullable Vm vm,
        @Nullable List<String> nodes) {

    /// The Docker of the master's computer.
    ///
    /// @param socket path of its Unix socket, the usual one when absent
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Engine(@Nullable String socket) {}

    /// A file that `docker save` wrote, or an OCI image layout as a tar; may be packed with gzip.
    public record Archive(String path) {}

    /// A node that has it.
    public record OnNode(String name) {}

    /// A folder with a Dockerfile.
    ///
    /// @param dockerfile within the folder, `Dockerfile` when absent
    /// @param node on which it is built, the first of the nodes when absent
    /// @param args values of the Dockerfile's `ARG`s
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Build(
            String folder,
            @Nullable String dockerfile,
            @Nullable String node,
            @Nullable Map<String, String> args) {}

    /// The root filesystem of a machine, without other mounts and caches.
    ///
    /// @param start what a container of it runs, in a shell
    /// @param exclude further paths to leave out
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Vm(MachineSpec.Ssh ssh, String start, @Nullable List<String> exclude) {}
}

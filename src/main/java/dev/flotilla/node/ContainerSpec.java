package dev.flotilla.node;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// One container, in the terms that an engine understands.
///
/// @param name unique on the node
/// @param command replaces the image's entrypoint if not empty
/// @param args replaces the image's command if not empty
/// @param labels where all that is needed to know the container again stands; no secrets
/// @param runtime the engine's name of the OCI runtime, empty for its default
/// @param restart what the engine does by itself when the container ends
public record ContainerSpec(
        String name,
        String image,
        List<String> command,
        List<String> args,
        @Nullable String workingDir,
        Map<String, String> environment,
        Map<String, String> labels,
        Network network,
        Sharing sharing,
        Limits limits,
        Security security,
        List<Mount> mounts,
        Console console,
        String runtime,
        Restart restart) {

    /// The same, that may do something else.
    public ContainerSpec with(Security now) {
        return now.equals(security)
                ? this
                : new ContainerSpec(
                        name,
                        image,
                        command,
                        args,
                        workingDir,
                        environment,
                        labels,
                        network,
                        sharing,
                        limits,
                        now,
                        mounts,
                        console,
                        runtime,
                        restart);
    }

    /// The id of the sandbox whose namespaces it shares, null if it stands alone.
    public @Nullable String joins() {
        return network.joins();
    }

    /// How it is reached, and whom it knows by name.
    ///
    /// @param hostname of the pod; with `joins` it is that container's already
    /// @param address its IP on the pod network; null with `joins` or `host`
    /// @param joins the id of the container whose network and IPC namespaces it shares
    /// @param host the node's own network
    /// @param hosts lines of `/etc/hosts`, as `name:address`
    public record Network(
            String hostname,
            @Nullable String address,
            @Nullable String joins,
            boolean host,
            List<Port> ports,
            List<String> hosts,
            Names names) {}

    /// Where names are looked up; what is empty is the engine's own.
    public record Names(List<String> servers, List<String> searches, List<String> options) {
        public static final Names USUAL = new Names(List.of(), List.of(), List.of());
    }

    /// A port that the pod declares.
    ///
    /// @param hostPort 0 if it is not published on the node
    /// @param hostIp of the node where it is published; empty for all
    public record Port(int containerPort, int hostPort, String protocol, String hostIp) {}

    /// Namespaces beyond the network's.
    ///
    /// @param processes with `joins`: one process tree with that container
    /// @param offered others may join this one
    /// @param processesOf the id of a container whose process tree it shares, empty for none
    public record Sharing(
            boolean hostPid,
            boolean hostIpc,
            boolean processes,
            boolean offered,
            String processesOf) {
        public static final Sharing NONE = new Sharing(false, false, false, false);

        public Sharing(boolean hostPid, boolean hostIpc, boolean processes, boolean offered) {
            this(hostPid, hostIpc, processes, offered, "");
        }

        /// The same, with the processes of another container.
        public Sharing with(String whose) {
            return new Sharing(hostPid, hostIpc, processes, offered, whose);
        }
    }

    /// What it may take of the node.
    ///
    /// @param cpuMillis limit, 0 for none
    /// @param cpuShares weight from the request, 0 for the engine's own
    /// @param memoryBytes limit, 0 for none
    /// @param oomScoreAdj who is ended first when the node's memory is short, -1000 to 1000
    /// @param pids how many processes and threads, 0 for no limit
    public record Limits(
            long cpuMillis, int cpuShares, long memoryBytes, int oomScoreAdj, long pids) {
        public static final Limits NONE = new Limits(0, 0, 0, 0, 0);
    }

    /// What it may do.
    ///
    /// @param user `uid` or `uid:gid`, empty for the image's
    /// @param groups further group ids
    /// @param seccomp empty for the engine's profile, `unconfined`, the path of one on the node, or
    ///   one as JSON
    /// @param options further security options in the engine's words, such as `apparmor=…`
    /// @param sysctls of the namespaces that it does not share
    public record Security(
            String user,
            List<Long> groups,
            boolean privileged,
            boolean readOnlyRoot,
            boolean noNewPrivileges,
            List<String> capAdd,
            List<String> capDrop,
            String seccomp,
            List<String> options,
            Map<String, String> sysctls) {
        public Security withSeccomp(String now) {
            return new Security(
                    user,
                    groups,
                    privileged,
                    readOnlyRoot,
                    noNewPrivileges,
                    capAdd,
                    capDrop,
                    now,
                    options,
                    sysctls);
        }

        public static final Security USUAL =
                new Security(
                        "", List.of(), false, false, true, List.of(), List.of(), "", List.of(),
                        Map.of());
    }

    /// A file or folder of the node, seen in the container.
    ///
    /// @param source an absolute path on the node
    /// @param propagation the engine's word, empty for its default
    public record Mount(String source, String target, boolean readOnly, String propagation) {}

    /// Whether it has a standard input, and a terminal.
    public record Console(boolean stdin, boolean stdinOnce, boolean tty) {
        public static final Console NONE = new Console(false, false, false);
    }

    /// Docker's restart policies, as far as pods need them.
    public enum Restart {
        NEVER,
        ON_FAILURE,
        ALWAYS
    }
}

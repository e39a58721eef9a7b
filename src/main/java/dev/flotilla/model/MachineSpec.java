package dev.flotilla.model;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/// How to reach a machine. Exactly one of `ssh`, `local` and `simulated` is set.
///
/// @param local the Docker Engine of this computer
/// @param simulated no machine at all: containers in memory, with believable load
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MachineSpec(@Nullable Ssh ssh, @Nullable Local local, @Nullable Simulated simulated) {

    /// Over SSH.
    ///
    /// @param host name or address
    /// @param port 22 when absent
    /// @param user `root` when absent
    /// @param secretName a Secret in the namespace `flotilla-system` with `password`, or
    ///   `privateKey` and, if that is encrypted, `passphrase`
    /// @param hostKey the pinned fingerprint as OpenSSH prints it, `SHA256:…`; absent until a
    ///   person has agreed to what [MachineStatus#hostKey] shows
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ssh(
            String host,
            @Nullable Integer port,
            @Nullable String user,
            @Nullable String secretName,
            @Nullable String hostKey) {}

    /// This computer.
    ///
    /// @param socket path of the engine's Unix socket, `/var/run/docker.sock` when absent
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Local(@Nullable String socket) {}

    /// Simulated.
    ///
    /// @param cpus cores, 4 when absent
    /// @param memoryMiB 8192 when absent
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Simulated(@Nullable Integer cpus, @Nullable Integer memoryMiB) {}
}

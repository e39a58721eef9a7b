package dev.flotilla.model;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/// How to reach a machine. Exactly one of `ssh` and `local` is set.
///
/// @param local the Docker Engine of this computer
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MachineSpec(@Nullable Ssh ssh, @Nullable Local local) {

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
}

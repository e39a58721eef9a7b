package dev.flotilla.model;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/// How far a machine has come on its way to a Node.
///
/// @param phase one of [Phase]'s names
/// @param step the step in work or the one that failed, a few words for a person
/// @param reason CamelCase cause of a failure, such as `AuthenticationFailed`
/// @param message what failed, on which host, what was answered and what to do next
/// @param hostKey the fingerprint seen at the last connection, `SHA256:…`
/// @param nodeName the Node it became
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MachineStatus(
        @Nullable String phase,
        @Nullable String step,
        @Nullable String reason,
        @Nullable String message,
        @Nullable String hostKey,
        @Nullable String nodeName) {

    /// The names are the API's.
    public enum Phase {
        Pending,
        /// Waits for a person to set `spec.ssh.hostKey`.
        HostKeyUnknown,
        Provisioning,
        Ready,
        /// Not given up: tried again, slower and slower, and at once when the spec changes.
        Failed
    }
}

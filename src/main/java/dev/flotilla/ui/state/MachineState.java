package dev.flotilla.ui.state;

import org.jspecify.annotations.Nullable;

/// A Machine on its way to a Node.
///
/// @param kind `ssh`, `local` or `simulated`
/// @param host address over SSH, else empty
/// @param phase name of a [dev.flotilla.model.MachineStatus.Phase]
/// @param hostKey fingerprint last seen, for a person to agree to
/// @param node the Node it became
public record MachineState(
        String name,
        String kind,
        String host,
        String phase,
        String step,
        String reason,
        String message,
        @Nullable String hostKey,
        @Nullable String node) {}

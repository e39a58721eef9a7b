package dev.flotilla.provision;

import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.remote.link.SshLink;

import org.jspecify.annotations.Nullable;

/// What came of the steps.
sealed interface Setup {
    /// Its engine can be used.
    ///
    /// @param mark the value of the Node's runtime label
    /// @param link null without SSH
    record Reached(
            ContainerRuntime runtime, String mark, @Nullable SshLink link, @Nullable String hostKey)
            implements Setup {}

    record Stopped(Failure failure) implements Setup {}
}

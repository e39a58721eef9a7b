package dev.flotilla.provision;

import org.jspecify.annotations.Nullable;

/// A machine that is a Node now.
///
/// @param paths null without SSH
record Held(Wanted wanted, Setup.Reached reached, @Nullable PodPaths paths) {
    void close() {
        reached.runtime().close();
    }
}

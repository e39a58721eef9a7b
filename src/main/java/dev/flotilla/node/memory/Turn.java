package dev.flotilla.node.memory;

import org.jspecify.annotations.Nullable;

/// What stands between a container and its next run.
///
/// @param trouble why it is not made or started
/// @param hook of the run that was last begun
/// @param pause before the next start by the kubelet, null before the first
/// @param ours whether the kubelet ended its last run for a fault of the container
record Turn(@Nullable Trouble trouble, Hook hook, @Nullable Pause pause, boolean ours) {
    static final Turn FREE = new Turn(null, Hook.NONE, null, false);

    Turn with(@Nullable Trouble now) {
        return new Turn(now, hook, pause, ours);
    }

    Turn with(Hook now) {
        return new Turn(trouble, now, pause, ours);
    }

    Turn again(Pause next) {
        return new Turn(null, hook, next, false);
    }

    Turn condemned() {
        return new Turn(trouble, hook, pause, true);
    }
}

package dev.flotilla.node.memory;

/// Where a container's `postStart` stands: until it is done the container counts as not started.
public enum Hook {
    /// Done, or there is none.
    NONE,
    /// To be run once the container runs.
    DUE,
    RUNNING
}

package dev.flotilla.registry;

/// The part of an object that a request is about.
public enum Subresource {
    /// The object itself.
    NONE,
    STATUS,
    /// The number of replicas, as an `autoscaling/v1` Scale.
    SCALE,
    /// Of a Namespace: the list of who must still let go of it.
    FINALIZE,
    /// Of a Pod: containers put into it to look around.
    EPHEMERAL_CONTAINERS,
    /// Of a Pod: how much each container asks for and may have.
    RESIZE
}

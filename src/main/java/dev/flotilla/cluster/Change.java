package dev.flotilla.cluster;

/// One object's change, in revision order.
public sealed interface Change<T> {
    long revision();

    T object();

    /// Created or updated.
    record Put<T>(long revision, T object) implements Change<T> {}

    /// Deleted.
    ///
    /// @param object as it last was
    record Deleted<T>(long revision, T object) implements Change<T> {}
}

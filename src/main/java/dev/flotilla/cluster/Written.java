package dev.flotilla.cluster;

/// What became of a write. Durable when it is [Done].
public sealed interface Written<T> {
    /// Written and durable.
    ///
    /// @param object as it is now, with its new revision
    record Done<T>(T object) implements Written<T> {}

    /// Someone else wrote first, or an object of that name exists, or it is gone: read again,
    /// decide again.
    record Conflict<T>(String message) implements Written<T> {}

    /// The API refuses it and will again.
    ///
    /// @param reason Kubernetes' CamelCase word, such as `Invalid` or `Forbidden`
    record Refused<T>(String reason, String message) implements Written<T> {}

    default boolean done() {
        return this instanceof Done;
    }
}

package dev.flotilla.registry;

/// What happens to a field that the schema does not know.
public enum FieldValidation {
    /// Dropped, and nothing said.
    IGNORE,
    /// Dropped, with a warning to the client.
    WARN,
    /// The request is refused.
    STRICT
}

package dev.flotilla.registry.schema;

/// A value of another type than its field's.
public final class WrongType extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongType(String message) {
        super(message);
    }
}

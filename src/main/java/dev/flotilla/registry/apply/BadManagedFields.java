package dev.flotilla.registry.apply;

/// A list of managed fields that is not written as it has to be.
public final class BadManagedFields extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadManagedFields(String message) {
        super(message);
    }
}

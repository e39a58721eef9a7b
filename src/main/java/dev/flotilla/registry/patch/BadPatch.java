package dev.flotilla.registry.patch;

/// A patch that is not formed as its type asks.
public final class BadPatch extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadPatch(String message) {
        super(message);
    }
}

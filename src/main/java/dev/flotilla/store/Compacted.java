package dev.flotilla.store;

/// The history asked for is not kept, or not yet written: list again, and watch from there.
public final class Compacted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Compacted(String message) {
        super(message);
    }
}

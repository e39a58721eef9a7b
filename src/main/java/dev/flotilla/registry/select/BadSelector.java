package dev.flotilla.registry.select;

/// A selector that can't be read, or that names a field which can't be selected by.
public final class BadSelector extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadSelector(String message) {
        super(message);
    }
}

package dev.flotilla.server.pki;

import org.jspecify.annotations.Nullable;

/// The keys can't be had: what was attempted, where, what came back, and what to do.
public final class PkiFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PkiFailure(String message) {
        super(message);
    }

    public PkiFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.flotilla.server;

import org.jspecify.annotations.Nullable;

/// The server can't do its work: what was attempted, where, what came back, and what to do.
public final class ServerFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ServerFailure(String message) {
        super(message);
    }

    public ServerFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

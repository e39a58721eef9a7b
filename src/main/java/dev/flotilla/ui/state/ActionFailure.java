package dev.flotilla.ui.state;

import org.jspecify.annotations.Nullable;

/// A change that did not come about. The message is for a person: what failed, on what, what was
/// answered and what to do.
public final class ActionFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ActionFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

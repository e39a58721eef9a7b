package dev.flotilla.store;

import org.jspecify.annotations.Nullable;

/// The store could not do what it was asked. The message says what was attempted, where, what came
/// back, and what to do.
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What a caller may want to tell apart.
    public enum Kind {
        /// Another master holds the folder.
        FOLDER_LOCKED,
        /// The database was written by a newer version; it was not touched.
        NEWER_VERSION,
        /// Sealed bodies are there, and the file with their key is not, or is another.
        KEY_MISSING,
        /// No room: writes fail until there is, then work again.
        DISK_FULL,
        /// The store was closed.
        CLOSED,
        /// Anything else that the disk or the database answered.
        BROKEN
    }

    private final Kind kind;

    StoreFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}

package dev.flotilla.store;

/// Makes the bytes of an entry once its revision is known, so that a body can hold its own
/// revision.
///
/// Runs in the writer, which everyone waits for: quick, and without a call back to the store.
@FunctionalInterface
public interface Body {
    byte[] at(long revision);

    /// Bytes that do not depend on their revision.
    static Body of(byte[] bytes) {
        return _ -> bytes;
    }
}

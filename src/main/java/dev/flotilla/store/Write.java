package dev.flotilla.store;

/// One wish: put or delete `key`, provided it is at `expected`.
///
/// @param expected the revision the key must have; 0 means it must not exist
/// @param body of the new entry; a deletion carries the last one
public record Write(String key, long expected, boolean delete, Body body) {
    public Write {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a write needs a key");
        }
        if (expected < 0) {
            throw new IllegalArgumentException("no key has revision " + expected + ": " + key);
        }
        if (delete && expected == 0) {
            throw new IllegalArgumentException("a deletion needs the revision it ends: " + key);
        }
    }
}

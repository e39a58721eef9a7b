package dev.flotilla.node.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Bytes that can be read more than once.
///
/// @param bytes how many there are
public record Content(long bytes, Opened opened) {
    /// Opens them from the beginning.
    @FunctionalInterface
    public interface Opened {
        InputStream open() throws IOException;
    }

    static Content of(byte[] all) {
        return new Content(all.length, () -> new ByteArrayInputStream(all));
    }
}

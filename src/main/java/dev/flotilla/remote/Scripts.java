package dev.flotilla.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Shell scripts that lie beside these classes; what they work on comes as arguments.
final class Scripts {
    private Scripts() {}

    static String text(String name) {
        try (var text = Scripts.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.flotilla.remote.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Scripts for machines, which lie beside the classes that use them; what they work on comes as
/// arguments.
public final class Scripts {
    private Scripts() {}

    /// @param user the class that the script lies beside
    public static String text(Class<?> user, String name) {
        try (var text = user.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

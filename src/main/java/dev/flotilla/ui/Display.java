package dev.flotilla.ui;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// Looks whether a window can open, without starting the toolkit: a toolkit that starts without GTK
/// or a display takes the JVM down with it.
final class Display {
    private static final String GTK = "libgtk-3.so.0";

    private Display() {}

    /// The look-up is a restricted method: its result is not called, only its failure counts.
    @SuppressWarnings("restricted")
    static Optional<String> unavailable(Map<String, String> environment, Properties properties) {
        if (properties.getProperty("glass.platform", "").equalsIgnoreCase("Headless")) {
            return Optional.empty();
        }
        if (properties.getProperty("java.awt.headless", "").equals("true")) {
            return Optional.of("java.awt.headless is set");
        }
        if (!properties.getProperty("os.name", "").equals("Linux")) {
            return Optional.empty();
        }
        if (empty(environment, "DISPLAY") && empty(environment, "WAYLAND_DISPLAY")) {
            return Optional.of("neither DISPLAY nor WAYLAND_DISPLAY is set");
        }
        if (empty(environment, "DISPLAY")) {
            return Optional.of("JavaFX needs X11; start XWayland so that DISPLAY is set");
        }
        try (var arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup(GTK, arena);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(GTK + " is not installed (Debian: libgtk-3-0)");
        }
    }

    private static boolean empty(Map<String, String> environment, String name) {
        return environment.getOrDefault(name, "").isEmpty();
    }
}

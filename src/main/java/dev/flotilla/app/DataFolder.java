package dev.flotilla.app;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// The folder for an application's data, where each platform keeps it.
final class DataFolder {
    private DataFolder() {}

    static Path ofThisUser() {
        return of(
                System.getProperty("os.name", ""),
                Path.of(System.getProperty("user.home", ".")),
                System.getenv());
    }

    static Path of(String os, Path home, Map<String, String> environment) {
        var name = os.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return home.resolve("Library/Application Support/Flotilla");
        }
        if (name.startsWith("windows")) {
            var local = environment.get("LOCALAPPDATA");
            return (local == null ? home.resolve("AppData/Local") : Path.of(local))
                    .resolve("Flotilla");
        }
        var xdg = environment.get("XDG_DATA_HOME");
        return (xdg == null || xdg.isEmpty() ? home.resolve(".local/share") : Path.of(xdg))
                .resolve("flotilla");
    }
}

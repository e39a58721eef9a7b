package dev.flotilla.ui.kit;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/// What the window remembers: a small properties file. A file that can't be read or written costs
/// only the memory, never the window. Belongs to the FX thread.
public final class Settings {
    private static final System.Logger LOG = System.getLogger(Settings.class.getName());

    private final Path file;
    private final Properties values = new Properties();

    public Settings(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            try {
                values.load(new StringReader(Files.readString(file)));
            } catch (IOException | IllegalArgumentException e) {
                LOG.log(System.Logger.Level.WARNING, "settings not read from " + file, e);
            }
        }
    }

    public String get(String key, String otherwise) {
        return values.getProperty(key, otherwise);
    }

    public double number(String key, double otherwise) {
        try {
            return Double.parseDouble(values.getProperty(key, ""));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    public void set(String key, String value) {
        values.setProperty(key, value);
    }

    /// Writes the file, whole or not at all.
    public void save() {
        var text = new StringWriter();
        try {
            values.store(text, null);
            var folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            var next = Files.createTempFile(folder, "settings", ".new");
            Files.writeString(next, text.toString());
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "settings not written to " + file, e);
        }
    }
}

package dev.flotilla.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

class SettingsTest {
    @TempDir Path folder;

    @Test
    void remembers() {
        var file = folder.resolve("deep/window.properties");
        var settings = new Settings(file);
        settings.set("theme", "LIGHT");
        settings.save();
        assertThat(new Settings(file).get("theme", "")).isEqualTo("LIGHT");
    }

    @Test
    void aBrokenFileCostsOnlyTheMemory() throws IOException {
        var file = folder.resolve("window.properties");
        Files.writeString(file, "window.x=\\uZZZZ");
        assertThat(new Settings(file).number("window.x", 7)).isEqualTo(7);
    }

    @Test
    void writesAmountsAsPeopleDo() {
        assertThat(Amounts.bytes(1_181_116_006)).isEqualTo("1.1 GiB");
        assertThat(Amounts.bytes(350L << 20)).isEqualTo("350 MiB");
        assertThat(Amounts.cpu(250)).isEqualTo("250m");
        assertThat(Amounts.cpu(1500)).isEqualTo("1.5");
        assertThat(Amounts.percent(0.616)).isEqualTo("62%");
        assertThat(Amounts.age(Duration.ofMinutes(5))).isEqualTo("5m");
        assertThat(Amounts.age(Duration.ofHours(50))).isEqualTo("2d");
    }
}

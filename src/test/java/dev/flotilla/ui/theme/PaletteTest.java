package dev.flotilla.ui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.paint.Color;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

class PaletteTest {
    private static final Pattern USE = Pattern.compile("-flt-([a-z0-9-]+)");

    /// W3C: 4.5 to 1 for text, 3 to 1 for large text and what is not text.
    @ParameterizedTest
    @EnumSource(Look.class)
    void isReadable(Look look) {
        var palette = new Palette(look);
        var card = palette.colour("card");
        for (var token : List.of("text", "muted", "ready", "failed")) {
            assertThat(contrast(palette.colour(token), card)).as(token).isGreaterThan(4.5);
        }
        for (int i = 0; i < Palette.HUES; i++) {
            assertThat(contrast(palette.colour("hue-" + i), card)).as("hue-" + i).isGreaterThan(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Look.class)
    void hasEveryColourThatMarkupUses(Look look) throws IOException {
        var palette = new Palette(look);
        var used = new TreeSet<String>();
        try (var files = Files.walk(Path.of("fxml"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".css")).toList()) {
                USE.matcher(Files.readString(file)).results().forEach(m -> used.add(m.group(1)));
            }
        }
        assertThat(used).isNotEmpty().allSatisfy(t -> assertThat(palette.colour(t)).isNotNull());
    }

    @Test
    void theCommonestAppsDiffer() {
        assertThat(List.of("web", "api", "worker", "redis", "batch").stream().map(Hues::of))
                .containsExactly(0, 1, 2, 3, 4);
    }

    private static double contrast(Color a, Color b) {
        double light = Math.max(luminance(a), luminance(b));
        double dark = Math.min(luminance(a), luminance(b));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double luminance(Color c) {
        return 0.2126 * linear(c.getRed())
                + 0.7152 * linear(c.getGreen())
                + 0.0722 * linear(c.getBlue());
    }

    private static double linear(double v) {
        return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }
}

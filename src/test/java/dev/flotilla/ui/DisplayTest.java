package dev.flotilla.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Properties;

class DisplayTest {
    @Test
    void withoutADisplayItSaysSoInOneLine() {
        assertThat(Display.unavailable(Map.of(), linux()))
                .hasValueSatisfying(why -> assertThat(why).contains("DISPLAY").hasLineCount(1));
    }

    @Test
    void waylandAloneIsNotEnough() {
        assertThat(Display.unavailable(Map.of("WAYLAND_DISPLAY", "wayland-0"), linux()))
                .hasValueSatisfying(why -> assertThat(why).contains("XWayland"));
    }

    @Test
    void headlessIsHonoured() {
        var headless = linux();
        headless.setProperty("java.awt.headless", "true");
        assertThat(Display.unavailable(Map.of("DISPLAY", ":0"), headless)).isPresent();
        headless.setProperty("glass.platform", "Headless");
        assertThat(Display.unavailable(Map.of(), headless)).isEmpty();
    }

    private static Properties linux() {
        var properties = new Properties();
        properties.setProperty("os.name", "Linux");
        return properties;
    }
}

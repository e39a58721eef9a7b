package dev.flotilla.ui.theme;

import javafx.scene.paint.Color;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// The colours of a look, for what is painted on a canvas: the same tokens that CSS uses, by their
/// name without `-flt-`.
public final class Palette {
    /// How many hues an app can have.
    public static final int HUES = 10;

    private static final Pattern TOKEN = Pattern.compile("-flt-([a-z0-9-]+):\\s*(#[0-9a-f]+);");

    private final Map<String, Color> colours = new HashMap<>();
    private final Color[] hues = new Color[HUES];
    private final Look look;

    /// @throws IllegalStateException if a hue is missing
    public Palette(Look look) {
        this.look = look;
        TOKEN.matcher(text(look.tokens()))
                .results()
                .forEach(m -> colours.put(m.group(1), Color.web(m.group(2))));
        for (int i = 0; i < HUES; i++) {
            hues[i] = colour("hue-" + i);
        }
    }

    public Look look() {
        return look;
    }

    /// @throws IllegalArgumentException if the stylesheet has no such token
    public Color colour(String token) {
        var colour = colours.get(token);
        if (colour == null) {
            throw new IllegalArgumentException(look.tokens() + " has no -flt-" + token);
        }
        return colour;
    }

    /// The hue of the app with that name.
    public Color hue(String app) {
        return hues[Hues.of(app)];
    }

    private static String text(String file) {
        try (var in = Palette.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(
                        "no stylesheet " + file + " beside " + Palette.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }
}

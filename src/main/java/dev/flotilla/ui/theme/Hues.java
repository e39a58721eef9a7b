package dev.flotilla.ui.theme;

/// Gives an app its hue, the same everywhere.
public final class Hues {
    /// Spreads names evenly; chosen so that the commonest names differ.
    private static final int SPREAD = 9_089_767;

    private Hues() {}

    /// @return the number of its hue, from 0, below [Palette#HUES]
    public static int of(String app) {
        return ((app.hashCode() * SPREAD) >>> 16) % Palette.HUES;
    }

    /// The CSS name of its looked-up colour.
    public static String token(String app) {
        return "-flt-hue-" + of(app);
    }
}

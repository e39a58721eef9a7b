package dev.flotilla.ui.theme;

/// Light or dark.
public enum Look {
    DARK("dark.css"),
    LIGHT("light.css");

    private final String tokens;

    Look(String tokens) {
        this.tokens = tokens;
    }

    /// The stylesheet with its colours.
    String tokens() {
        return tokens;
    }
}

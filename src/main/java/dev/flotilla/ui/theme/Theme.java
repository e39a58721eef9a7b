package dev.flotilla.ui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;

import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.text.Font;

import java.net.URL;
import java.util.List;
import java.util.Objects;

/// Light and dark. Follows the system until a person chooses. Belongs to the FX thread.
public final class Theme {
    private static final List<String> FONTS =
            List.of(
                    "Inter-Regular",
                    "Inter-Medium",
                    "Inter-SemiBold",
                    "Inter-Bold",
                    "JetBrainsMono-Regular");
    private static final double ANY_SIZE = 12;

    private final ObjectProperty<Choice> choice = new SimpleObjectProperty<>(Choice.SYSTEM);
    private final ReadOnlyObjectWrapper<Palette> palette;

    /// What a person chose.
    public enum Choice {
        SYSTEM,
        DARK,
        LIGHT
    }

    public Theme() {
        for (var font : FONTS) {
            Font.loadFont(resource("fonts/" + font + ".ttf").toExternalForm(), ANY_SIZE);
        }
        palette = new ReadOnlyObjectWrapper<>(new Palette(look()));
        choice.addListener(_ -> update());
        Platform.getPreferences().colorSchemeProperty().addListener(_ -> update());
        Application.setUserAgentStylesheet(userAgent());
    }

    public ObjectProperty<Choice> choiceProperty() {
        return choice;
    }

    /// The colours in force.
    public ReadOnlyObjectProperty<Palette> paletteProperty() {
        return palette.getReadOnlyProperty();
    }

    public Palette palette() {
        return palette.get();
    }

    /// Dresses the scene, now and whenever the look changes.
    public void dress(Scene scene) {
        palette.subscribe(
                p ->
                        scene.getStylesheets()
                                .setAll(
                                        resource(p.look().tokens()).toExternalForm(),
                                        resource("base.css").toExternalForm()));
    }

    private Look look() {
        return switch (choice.get()) {
            case DARK -> Look.DARK;
            case LIGHT -> Look.LIGHT;
            case SYSTEM ->
                    Platform.getPreferences().getColorScheme() == ColorScheme.LIGHT
                            ? Look.LIGHT
                            : Look.DARK;
        };
    }

    private void update() {
        if (palette.get().look() != look()) {
            palette.set(new Palette(look()));
            Application.setUserAgentStylesheet(userAgent());
        }
    }

    private String userAgent() {
        return switch (look()) {
            case DARK -> new PrimerDark().getUserAgentStylesheet();
            case LIGHT -> new PrimerLight().getUserAgentStylesheet();
        };
    }

    private static URL resource(String name) {
        return Objects.requireNonNull(Theme.class.getResource(name), name);
    }
}

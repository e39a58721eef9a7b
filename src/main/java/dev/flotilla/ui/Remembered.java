package dev.flotilla.ui;

import dev.flotilla.ui.kit.Settings;
import dev.flotilla.ui.state.FleetModel;
import dev.flotilla.ui.state.Selection;
import dev.flotilla.ui.theme.Theme;

import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

import java.util.Arrays;

/// What survives a restart: the window's place, the theme, the namespace and the selection.
final class Remembered {
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;
    private static final double LEAST_WIDTH = 800;
    private static final double LEAST_HEIGHT = 560;

    private final Settings settings;
    private final Theme theme;
    private final FleetModel model;

    Remembered(Settings settings, Theme theme, FleetModel model) {
        this.settings = settings;
        this.theme = theme;
        this.model = model;
        var choice = settings.get("theme", Theme.Choice.SYSTEM.name());
        Arrays.stream(Theme.Choice.values())
                .filter(c -> c.name().equals(choice))
                .forEach(theme.choiceProperty()::set);
        model.namespaceProperty().set(settings.get("namespace", ""));
        model.select(Selection.parse(settings.get("selection", "")));
    }

    double width() {
        return Math.min(WIDTH, screen().getWidth());
    }

    double height() {
        return Math.min(HEIGHT, screen().getHeight());
    }

    void restore(Stage stage) {
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        double x = settings.number("window.x", Double.NaN);
        double y = settings.number("window.y", Double.NaN);
        double width = settings.number("window.width", Double.NaN);
        double height = settings.number("window.height", Double.NaN);
        var place = new double[] {x, y, width, height};
        if (Arrays.stream(place).noneMatch(Double::isNaN)
                && !Screen.getScreensForRectangle(x, y, width, height).isEmpty()) {
            stage.setX(x);
            stage.setY(y);
            stage.setWidth(width);
            stage.setHeight(height);
        }
        stage.setMaximized(settings.get("window.maximized", "").equals("true"));
    }

    void remember(Stage stage) {
        settings.set("window.maximized", String.valueOf(stage.isMaximized()));
        if (!stage.isMaximized()) {
            settings.set("window.x", String.valueOf(stage.getX()));
            settings.set("window.y", String.valueOf(stage.getY()));
            settings.set("window.width", String.valueOf(stage.getWidth()));
            settings.set("window.height", String.valueOf(stage.getHeight()));
        }
        settings.set("theme", theme.choiceProperty().get().name());
        settings.set("namespace", model.namespaceProperty().get());
        settings.set("selection", model.selectionProperty().get().text());
        settings.save();
    }

    private static Rectangle2D screen() {
        return Screen.getPrimary().getVisualBounds();
    }
}

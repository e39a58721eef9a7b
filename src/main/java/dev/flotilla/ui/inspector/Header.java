package dev.flotilla.ui.inspector;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Rectangle;

import java.util.Locale;

/// Who is shown: a swatch of its hue, its name, what it is, and how it is.
final class Header extends HBox {
    private final Rectangle swatch = new Rectangle(12, 12);
    private final Label name = new Label();
    private final Label what = new Label();
    private final Circle dot = new Circle(5);
    private final Label state = new Label();

    Header() {
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("inspector-head");
        swatch.setArcWidth(5);
        swatch.setArcHeight(5);
        name.getStyleClass().add("h2");
        name.setId("inspected");
        what.getStyleClass().addAll("muted", "small");
        state.getStyleClass().add("h2");
        state.setMinWidth(Region.USE_PREF_SIZE);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        getChildren().addAll(swatch, name, what, gap, dot, state);
    }

    void show(Color hue, String named, String whatItIs, String how, Color howColour) {
        swatch.setFill(hue);
        name.setText(named);
        what.setText(whatItIs);
        state.setText(how);
        state.setStyle("-fx-text-fill: " + css(howColour) + ";");
        dot.setFill(howColour);
        dot.setVisible(!how.isEmpty());
    }

    private static String css(Color colour) {
        return String.format(
                Locale.ROOT,
                "#%02x%02x%02x",
                Math.round(colour.getRed() * 255),
                Math.round(colour.getGreen() * 255),
                Math.round(colour.getBlue() * 255));
    }
}

package dev.flotilla.ui.fleet;

import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.AppState;
import dev.flotilla.ui.state.Intent;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/// A number of replicas to choose, as an item of a menu.
final class ScaleBox {
    private static final int MOST = 1000;

    private final Texts texts;
    private @Nullable Spinner<Integer> spinner;

    ScaleBox(Texts texts) {
        this.texts = texts;
    }

    CustomMenuItem item(AppState app, Consumer<Intent> perform) {
        var number = new Spinner<Integer>(0, MOST, app.desired());
        number.setEditable(true);
        number.setPrefWidth(96);
        number.setId("scale-number");
        var name = new Label(app.key().name());
        name.getStyleClass().add("strong");
        var scale = new Button(texts.get("menu.scale-now"));
        scale.getStyleClass().add("primary");
        scale.setId("scale-now");
        Runnable act = () -> perform.accept(new Intent.Scale(app.key(), number.getValue()));
        scale.setOnAction(_ -> act.run());
        number.getEditor()
                .setOnKeyPressed(
                        e -> {
                            if (e.getCode() == KeyCode.ENTER) {
                                number.commitValue();
                                act.run();
                                e.consume();
                            }
                        });
        spinner = number;
        var box = new HBox(10, name, number, scale);
        box.setAlignment(Pos.CENTER_LEFT);
        return new CustomMenuItem(box, false);
    }

    /// Puts the cursor into the number, if it is on screen.
    void focus() {
        var now = spinner;
        if (now != null && now.getScene() != null) {
            now.getEditor().requestFocus();
            now.getEditor().selectAll();
        }
    }
}

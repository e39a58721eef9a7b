package dev.flotilla.ui.fleet;

import dev.flotilla.ui.theme.Hues;

import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

/// What hangs at the pointer while dragging. Watches the whole scene for the end of the drag: a
/// release counts wherever it happens, and Escape lets go without a consequence.
final class Carried {
    private static final double ASIDE = 10;

    private final Pane overlay;
    private final FleetViewModel model;
    private final Label label = new Label();

    Carried(StackPane root, Pane overlay, FleetViewModel model) {
        this.overlay = overlay;
        this.model = model;
        label.getStyleClass().add("carried");
        label.setManaged(false);
        label.setVisible(false);
        overlay.getChildren().add(label);
        model.dragProperty().subscribe(this::show);
        root.sceneProperty().subscribe(this::follow);
    }

    private void follow(@Nullable Scene scene) {
        if (scene == null) {
            return;
        }
        scene.addEventFilter(MouseEvent.MOUSE_DRAGGED, this::place);
        scene.addEventFilter(MouseEvent.MOUSE_RELEASED, _ -> model.drop());
        scene.addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getCode() == KeyCode.ESCAPE && model.dragProperty().get() != null) {
                        model.cancel();
                        e.consume();
                    }
                });
    }

    private void place(MouseEvent e) {
        if (model.dragProperty().get() != null) {
            var at = overlay.sceneToLocal(e.getSceneX(), e.getSceneY());
            label.relocate(at.getX() + ASIDE, at.getY() + ASIDE);
        }
    }

    private void show(@Nullable Drag drag) {
        if (drag == null) {
            label.setVisible(false);
            return;
        }
        if (!label.isVisible()) {
            var name = drag.cargo().app().name();
            label.setText(
                    drag.cargo() instanceof Drag.Cargo.OfPod(var pod)
                            ? name + "  " + pod.shortId()
                            : "+1 " + name);
            label.setStyle("-fx-border-color: " + Hues.token(name) + ";");
            label.applyCss();
            label.autosize();
            label.relocate(-1000, -1000);
            label.setVisible(true);
        }
    }
}

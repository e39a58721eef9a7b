package dev.flotilla.ui.fleet;

import dev.flotilla.ui.fleet.drag.Drag;
import dev.flotilla.ui.fleet.drag.DropWords;
import dev.flotilla.ui.theme.Hues;

import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What hangs at the pointer while dragging. Watches the whole scene for the end of the drag: a
/// release counts wherever it happens, and Escape lets go without a consequence.
final class Carried {
    private static final double ASIDE = 10;
    private static final double GAP = 6;
    private static final double WIDEST = 340;

    private final Pane overlay;
    private final FleetViewModel model;
    private final DropWords words;
    private final Label label = new Label();

    /// What is to be said of the node below.
    private final Label told = new Label();

    Carried(StackPane root, Pane overlay, FleetViewModel model, DropWords words) {
        this.overlay = overlay;
        this.model = model;
        this.words = words;
        label.getStyleClass().add("carried");
        told.getStyleClass().add("told");
        told.setId("drop-told");
        told.setWrapText(true);
        told.setMaxWidth(WIDEST);
        for (var each : List.of(label, told)) {
            each.setManaged(false);
            each.setVisible(false);
            overlay.getChildren().add(each);
        }
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
            place();
        }
    }

    /// Below what is carried, or left of it or above where there is no room.
    private void place() {
        double x = label.getLayoutX();
        double y = label.getLayoutY() + label.getHeight() + GAP;
        if (x + told.getWidth() > overlay.getWidth()) {
            x = Math.max(0, overlay.getWidth() - told.getWidth());
        }
        if (y + told.getHeight() > overlay.getHeight()) {
            y = Math.max(0, label.getLayoutY() - told.getHeight() - GAP);
        }
        told.relocate(x, y);
    }

    private void show(@Nullable Drag drag) {
        if (drag == null) {
            label.setVisible(false);
            told.setVisible(false);
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
        tell(drag);
    }

    private void tell(Drag drag) {
        var text = words.of(drag, model.state()).orElse("");
        if (!text.equals(told.getText())) {
            told.setText(text);
            told.applyCss();
            double width = Math.min(WIDEST, told.prefWidth(-1));
            told.resize(width, told.prefHeight(width));
            place();
        }
        told.setVisible(!text.isEmpty());
    }
}

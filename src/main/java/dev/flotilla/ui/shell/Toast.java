package dev.flotilla.ui.shell;

import dev.flotilla.ui.state.Actions.Notice;

import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

/// Tells for five seconds what was just done, and offers to undo it; it makes way for a drag, whose
/// targets lie below it. A failure stays until closed.
final class Toast {
    private static final Duration SHOWN = Duration.seconds(5);
    private static final double WIDEST = 520;

    private final HBox box;
    private final ShellViewModel model;
    private final PauseTransition leaving = new PauseTransition(SHOWN);

    Toast(HBox box, ShellViewModel model) {
        this.box = box;
        this.model = model;
        leaving.setOnFinished(_ -> hide());
        box.setMaxWidth(Region.USE_PREF_SIZE);
        box.sceneProperty().subscribe(this::makeWay);
        hide();
        model.actions().noticeProperty().subscribe(this::show);
    }

    private void makeWay(@Nullable Scene scene) {
        if (scene != null) {
            scene.addEventFilter(
                    MouseEvent.DRAG_DETECTED,
                    _ -> {
                        if (leaving.getStatus() == Animation.Status.RUNNING) {
                            hide();
                        }
                    });
        }
    }

    private void show(@Nullable Notice notice) {
        if (notice == null) {
            return;
        }
        var text = new Label(model.text(notice));
        text.setWrapText(true);
        text.setMaxWidth(WIDEST);
        box.getChildren().setAll(text);
        boolean failed = notice instanceof Notice.Failed;
        box.pseudoClassStateChanged(PseudoClass.getPseudoClass("failed"), failed);
        if (notice instanceof Notice.Done(_, var undoable) && undoable) {
            box.getChildren().add(button("undo", model.actions()::undo));
        }
        if (failed) {
            box.getChildren().add(button("close", this::hide));
        }
        box.setVisible(true);
        leaving.stop();
        if (!failed) {
            leaving.playFromStart();
        }
    }

    private Button button(String key, Runnable act) {
        var button = new Button(model.texts().get(key));
        button.getStyleClass().add("quiet");
        button.setId("toast-" + key);
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setOnAction(
                _ -> {
                    hide();
                    act.run();
                });
        return button;
    }

    private void hide() {
        leaving.stop();
        box.setVisible(false);
    }
}

package dev.flotilla.ui.shell;

import dev.flotilla.ui.state.Actions.Notice;

import javafx.animation.PauseTransition;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

/// Tells for five seconds what was just done, and offers to undo it. A failure stays until closed.
final class Toast {
    private static final Duration SHOWN = Duration.seconds(5);

    private final HBox box;
    private final ShellViewModel model;
    private final PauseTransition leaving = new PauseTransition(SHOWN);

    Toast(HBox box, ShellViewModel model) {
        this.box = box;
        this.model = model;
        leaving.setOnFinished(_ -> hide());
        hide();
        model.actions().noticeProperty().subscribe(this::show);
    }

    private void show(@Nullable Notice notice) {
        if (notice == null) {
            return;
        }
        var text = new Label(model.text(notice));
        text.setWrapText(true);
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

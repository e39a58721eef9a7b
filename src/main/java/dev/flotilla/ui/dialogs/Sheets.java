package dev.flotilla.ui.dialogs;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/// Lays one sheet at a time over the window, which is dimmed meanwhile. Esc closes it.
public final class Sheets {
    private static final double WIDTH = 480;

    private final Scene scene;
    private @Nullable Node open;
    private @Nullable Node before;

    /// @param scene its root must be a pane that lays its children over each other
    public Sheets(Scene scene) {
        this.scene = scene;
    }

    /// Opens a sheet in place of one that may be open.
    ///
    /// @param buttons below it, at the right
    void open(String title, Node content, Node... buttons) {
        close();
        before = scene.getFocusOwner();
        var head = new Label(title);
        head.getStyleClass().add("h1");
        var foot = new HBox(10, buttons);
        foot.setAlignment(Pos.CENTER_RIGHT);
        var sheet = new VBox(14, head, content, foot);
        sheet.getStyleClass().add("sheet");
        sheet.setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        var cover = new StackPane(sheet);
        cover.getStyleClass().add("sheet-cover");
        cover.getStylesheets()
                .add(
                        Objects.requireNonNull(Sheets.class.getResource("/fxml/dialogs/Sheets.css"))
                                .toExternalForm());
        cover.setOnKeyPressed(
                e -> {
                    if (e.getCode() == KeyCode.ESCAPE) {
                        close();
                        e.consume();
                    }
                });
        open = cover;
        ((Pane) scene.getRoot()).getChildren().add(cover);
    }

    void close() {
        var now = open;
        if (now != null) {
            ((Pane) scene.getRoot()).getChildren().remove(now);
            open = null;
            var focus = before;
            if (focus != null) {
                focus.requestFocus();
            }
        }
    }
}

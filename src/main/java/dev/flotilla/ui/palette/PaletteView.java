package dev.flotilla.ui.palette;

import javafx.fxml.FXML;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.stage.Popup;
import javafx.stage.PopupWindow;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The field, and below it what was found. Ctrl+K goes there, Enter takes the first or chosen one,
/// Escape goes back to where one was.
public final class PaletteView {
    private static final double ROW = 34;
    private static final double BELOW = 4;
    private static final double NARROWEST = 320;

    private final PaletteViewModel model;
    private final Popup popup = new Popup();
    private final ListView<Entry> found = new ListView<>();
    private @Nullable Node before;
    @FXML private HBox root;
    @FXML private TextField field;

    public PaletteView(PaletteViewModel model) {
        this.model = model;
    }

    @FXML
    private void initialize() {
        found.setId("palette-found");
        found.getStyleClass().add("palette-found");
        found.setFixedCellSize(ROW);
        found.setFocusTraversable(false);
        found.setCellFactory(_ -> new Row());
        found.setOnMouseClicked(_ -> take());
        popup.getContent().add(found);
        popup.setAutoHide(true);
        popup.setHideOnEscape(false);
        popup.setAnchorLocation(PopupWindow.AnchorLocation.CONTENT_TOP_LEFT);
        field.textProperty().addListener(_ -> show());
        field.setOnMouseClicked(_ -> show());
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        field.focusedProperty()
                .addListener(
                        (_, _, focused) -> {
                            if (!focused) {
                                popup.hide();
                            }
                        });
        root.sceneProperty()
                .subscribe(
                        scene -> {
                            if (scene != null) {
                                scene.getAccelerators()
                                        .put(
                                                new KeyCodeCombination(
                                                        KeyCode.K, KeyCombination.SHORTCUT_DOWN),
                                                this::open);
                            }
                        });
    }

    private void open() {
        before = root.getScene().getFocusOwner();
        field.requestFocus();
        field.selectAll();
        show();
    }

    private void show() {
        if (!field.isFocused()) {
            return;
        }
        found.getItems().setAll(model.find(field.getText()));
        found.getSelectionModel().selectFirst();
        if (found.getItems().isEmpty()) {
            popup.hide();
            return;
        }
        found.setPrefSize(Math.max(NARROWEST, root.getWidth()), found.getItems().size() * ROW + 10);
        found.getStylesheets().setAll(root.getScene().getStylesheets());
        found.getStylesheets().addAll(root.getStylesheets());
        Bounds at = root.localToScreen(root.getBoundsInLocal());
        if (at != null) {
            popup.show(root, at.getMinX(), at.getMaxY() + BELOW);
        }
    }

    private void key(KeyEvent e) {
        switch (e.getCode()) {
            case DOWN -> found.getSelectionModel().selectNext();
            case UP -> found.getSelectionModel().selectPrevious();
            case ENTER -> take();
            case ESCAPE -> close();
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void take() {
        var entry = found.getSelectionModel().getSelectedItem();
        close();
        if (entry != null) {
            entry.go().run();
        }
    }

    private void close() {
        field.clear();
        popup.hide();
        if (before != null && !before.equals(field)) {
            before.requestFocus();
        } else {
            root.getScene().getRoot().requestFocus();
        }
    }

    private static final class Row extends ListCell<Entry> {
        @Override
        protected void updateItem(@Nullable Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (entry == null || empty) {
                setText(null);
                setGraphic(null);
                return;
            }
            var title = new Label(entry.title());
            var detail = new Label(entry.detail());
            detail.getStyleClass().addAll("muted", "small");
            var row = new HBox(10, new FontIcon(entry.icon()), title, detail);
            row.setAlignment(Pos.CENTER_LEFT);
            setGraphic(row);
        }
    }
}

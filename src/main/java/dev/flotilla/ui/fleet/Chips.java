package dev.flotilla.ui.fleet;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.fleet.drag.Drag;
import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.Selection;
import dev.flotilla.ui.theme.Hues;

import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The apps above the map. A chip lives as long as its app, so that it can be dragged while counts
/// change.
final class Chips {
    private final FlowPane pane;
    private final FleetViewModel model;
    private final MapMenu menu;
    private final Texts texts;
    private final Map<ObjectKey, ToggleButton> buttons = new HashMap<>();

    /// A drag is of what was pressed; when it is noticed, the pointer may have left the chip.
    private @Nullable Chip pressed;

    Chips(Node root, FlowPane pane, FleetViewModel model, MapMenu menu, Texts texts) {
        this.pane = pane;
        this.model = model;
        this.menu = menu;
        this.texts = texts;
        root.addEventFilter(MouseEvent.MOUSE_RELEASED, _ -> pressed = null);
        root.addEventFilter(MouseEvent.DRAG_DETECTED, _ -> lift());
        model.chips().subscribe(this::show);
        model.model().selectionProperty().subscribe(this::mark);
    }

    private void lift() {
        var chip = pressed;
        var button = chip == null ? null : buttons.get(chip.app());
        pressed = null;
        if (chip != null && button != null) {
            button.disarm();
            button.startFullDrag();
            model.lift(new Drag.Cargo.OfApp(chip.app()));
        }
    }

    private void show(List<Chip> chips) {
        buttons.keySet().retainAll(chips.stream().map(Chip::app).toList());
        for (var chip : chips) {
            var button = buttons.computeIfAbsent(chip.app(), _ -> button(chip));
            button.setText(texts.get("chip", chip.app().name(), chip.pods()));
            button.setAccessibleText(
                    texts.get("chip.accessible", chip.app().toString(), chip.pods()));
        }
        var wanted = chips.stream().map(c -> buttons.get(c.app())).toList();
        if (!pane.getChildren().equals(wanted)) {
            pane.getChildren().setAll(wanted);
        }
        mark(model.model().selectionProperty().get());
    }

    private ToggleButton button(Chip chip) {
        var swatch = new Region();
        swatch.getStyleClass().add("swatch");
        swatch.setStyle("-fx-background-color: " + Hues.token(chip.app().name()) + ";");
        var button = new ToggleButton("", swatch);
        button.setMnemonicParsing(false);
        button.getStyleClass().setAll("chip");
        button.setId("chip-" + chip.app().name());
        button.setOnAction(
                _ -> {
                    model.toggle(chip.app());
                    mark(model.model().selectionProperty().get());
                });
        button.setOnContextMenuRequested(
                e -> menu.show(chip.app(), e.getScreenX(), e.getScreenY()));
        button.setOnMousePressed(_ -> pressed = chip.scalable() ? chip : null);
        return button;
    }

    private void mark(Selection selection) {
        buttons.forEach(
                (app, button) -> button.setSelected(selection.equals(new Selection.OfApp(app))));
    }
}

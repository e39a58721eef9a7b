package dev.flotilla.ui.fleet;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;

import java.util.List;

/// The Fleet screen.
public final class FleetView {
    private final FleetViewModel model;
    @FXML private FlowPane chips;

    public FleetView(FleetViewModel model) {
        this.model = model;
    }

    @FXML
    private void initialize() {
        model.chips().subscribe(this::show);
    }

    private void show(List<Chip> all) {
        chips.getChildren().setAll(all.stream().map(c -> new Label(c.app().name())).toList());
    }
}

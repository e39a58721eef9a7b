package dev.flotilla.ui.fleet;

import dev.flotilla.ui.kit.Settings;
import dev.flotilla.ui.state.Actions;
import dev.flotilla.ui.state.FleetModel;

import javafx.beans.value.ObservableValue;

import java.util.List;

/// What the Fleet screen shows and what can be done there. Knows properties, not controls.
public final class FleetViewModel {
    private final FleetModel model;
    private final Actions actions;
    private final Settings settings;

    public FleetViewModel(FleetModel model, Actions actions, Settings settings) {
        this.model = model;
        this.actions = actions;
        this.settings = settings;
    }

    FleetModel model() {
        return model;
    }

    Actions actions() {
        return actions;
    }

    Settings settings() {
        return settings;
    }

    ObservableValue<List<Chip>> chips() {
        return model.stateProperty()
                .map(
                        s ->
                                s.apps().stream()
                                        .map(a -> new Chip(a.key(), a.pods(), a.scalable()))
                                        .toList());
    }
}

package dev.flotilla.ui;

import dev.flotilla.ui.kit.Settings;
import dev.flotilla.ui.state.Actions;
import dev.flotilla.ui.state.FleetModel;
import dev.flotilla.ui.state.Link;
import dev.flotilla.ui.theme.Theme;

import javafx.application.Platform;
import javafx.stage.Stage;

import java.nio.file.Path;
import java.time.InstantSource;

/// The real scene over a model filled by hand. Made on the FX thread.
public final class Shown {
    public final FleetModel model = new FleetModel();
    public final RecordingHands hands = new RecordingHands();
    public final InstantSource time = InstantSource.fixed(Fleets.NOW);
    public final Actions actions =
            new Actions(hands, model, Runnable::run, Platform::runLater, time);
    public final Theme theme = new Theme();
    public final Stage stage;

    public Shown(Stage stage, Path settings, double width, double height) {
        this.stage = stage;
        model.clusterProperty().set("shop-prod");
        model.masterProperty().set("this laptop");
        model.accept(new Link.Live());
        stage.setScene(
                new Window(model, actions, theme, new Settings(settings), time, width, height)
                        .scene());
        stage.setX(0);
        stage.setY(0);
        stage.show();
    }
}

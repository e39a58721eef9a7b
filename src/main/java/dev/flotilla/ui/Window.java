package dev.flotilla.ui;

import dev.flotilla.ui.dialogs.AddVmSheet;
import dev.flotilla.ui.dialogs.FileDrop;
import dev.flotilla.ui.dialogs.Sheets;
import dev.flotilla.ui.fleet.FleetView;
import dev.flotilla.ui.fleet.FleetViewModel;
import dev.flotilla.ui.fleet.WaysIn;
import dev.flotilla.ui.inspector.InspectorView;
import dev.flotilla.ui.inspector.InspectorViewModel;
import dev.flotilla.ui.kit.Screens;
import dev.flotilla.ui.kit.Settings;
import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.palette.PaletteView;
import dev.flotilla.ui.palette.PaletteViewModel;
import dev.flotilla.ui.shell.Screen;
import dev.flotilla.ui.shell.ShellView;
import dev.flotilla.ui.shell.ShellViewModel;
import dev.flotilla.ui.state.Actions;
import dev.flotilla.ui.state.FleetModel;
import dev.flotilla.ui.theme.Theme;

import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import java.time.InstantSource;

/// Puts the screens and panels into the frame. Knows no stage and no API, so that a test can show
/// it over states made by hand.
final class Window {
    private final Scene scene;

    Window(
            FleetModel model,
            Actions actions,
            Theme theme,
            Settings settings,
            InstantSource time,
            double width,
            double height) {
        var texts = Texts.near(Window.class);
        var shell = new ShellView(new ShellViewModel(model, actions, time), theme);
        scene = new Scene(Screens.show(shell), width, height);
        theme.dress(scene);
        var fleet = new FleetViewModel(model, actions, settings);
        shell.inspector(
                Screens.show(
                        new InspectorView(new InspectorViewModel(model, actions, time), theme)));
        var sheets = new Sheets(scene);
        var files = new FileDrop(scene, sheets, actions);
        var ways = new WaysIn(model, actions, () -> AddVmSheet.open(sheets, model, actions));
        var commands = Commands.all(texts, actions, ways, theme, files::choose);
        var find = Screens.show(new PaletteView(new PaletteViewModel(model, commands)));
        HBox.setHgrow(find, Priority.ALWAYS);
        var middle = new HBox(10, find, files.button());
        middle.setAlignment(Pos.CENTER);
        shell.search(middle);
        shell.screen(
                new Screen(
                        "fleet",
                        texts.get("fleet"),
                        "fth-grid",
                        Screens.show(new FleetView(fleet, ways, theme))));
    }

    Scene scene() {
        return scene;
    }
}

package dev.flotilla.ui.kit;

import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Loads a screen: the class `ui.fleet.FleetView` has the markup `/fxml/fleet/FleetView.fxml` and
/// the texts of its package.
public final class Screens {
    private static final String UI = "dev.flotilla.ui.";

    private Screens() {}

    /// Loads the markup of `view` and binds it to that instance.
    ///
    /// @throws UncheckedIOException if the markup is missing or wrong; a build fault, found by a
    ///   test
    public static Parent show(Object view) {
        var type = view.getClass();
        var folder = type.getPackageName().substring(UI.length());
        var file = "/fxml/" + folder + "/" + type.getSimpleName() + ".fxml";
        var markup = Screens.class.getResource(file);
        if (markup == null) {
            throw new UncheckedIOException(new IOException("no markup " + file + " for " + type));
        }
        var loader = new FXMLLoader(markup, Texts.near(type).bundle());
        loader.setControllerFactory(_ -> view);
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException("markup of " + type, e);
        }
    }
}

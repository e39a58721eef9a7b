package dev.flotilla.ui;

import dev.flotilla.ui.kit.Settings;
import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.Actions;
import dev.flotilla.ui.state.FleetModel;
import dev.flotilla.ui.theme.Theme;

import javafx.application.Platform;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// Opens the window.
public final class Desktop {
    private Desktop() {}

    /// Where the API is.
    ///
    /// @param kubeconfig the file that says how to reach it
    /// @param context null for the file's current one
    /// @param master who is master, for a person: `this laptop`
    public record Connection(Path kubeconfig, @Nullable String context, String master) {}

    /// Why no window can open here, in one line; empty when one can. Does not start the toolkit.
    public static Optional<String> unavailable() {
        return Display.unavailable(System.getenv(), System.getProperties());
    }

    /// Opens the window at once, fills it when the API is there, and blocks until it is closed.
    /// Once a process: the toolkit can't start again.
    ///
    /// @param api completed when the API serves; failed with why it doesn't
    /// @param settings the file in which the window remembers its place, theme and selection
    public static void run(CompletionStage<Connection> api, Path settings, InstantSource time) {
        var closed = new CountDownLatch(1);
        try (var work = Executors.newVirtualThreadPerTaskExecutor();
                var link = new Session(work, Platform::runLater, time)) {
            Platform.startup(() -> open(link, new Settings(settings), time, closed));
            api.whenComplete(link::connect);
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Platform.exit();
    }

    private static void open(
            Session link, Settings settings, InstantSource time, CountDownLatch closed) {
        var theme = new Theme();
        FleetModel model = link.model();
        Actions actions = link.actions();
        var place = new Remembered(settings, theme, model);
        var window =
                new Window(model, actions, theme, settings, time, place.width(), place.height());
        var stage = new Stage();
        stage.setTitle(Texts.near(Desktop.class).get("title"));
        stage.setScene(window.scene());
        place.restore(stage);
        stage.setOnHidden(
                _ -> {
                    place.remember(stage);
                    closed.countDown();
                });
        stage.show();
    }
}

package dev.flotilla.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.ui.state.Link;
import dev.flotilla.ui.theme.Theme;

import javafx.scene.control.Label;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.nio.file.Path;
import java.time.Duration;

@ExtendWith(ApplicationExtension.class)
class ShellTest {
    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shown shown;

    @Start
    void start(Stage stage) {
        shown = new Shown(stage, folder.resolve("settings"), 1000, 800);
    }

    @Test
    void tellsHealthAndAlerts(FxRobot robot) {
        robot.interact(() -> shown.model.accept(Fleets.trouble()));
        assertThat(text(robot, "#nodes")).isEqualTo("3/4 nodes");
        assertThat(text(robot, "#alerts")).isEqualTo("2");
    }

    @Test
    void marksStaleDataWithItsAge(FxRobot robot) {
        robot.interact(
                () ->
                        shown.model.accept(
                                new Link.Stale(
                                        Fleets.NOW.minus(Duration.ofSeconds(42)), "refused")));
        assertThat(text(robot, "#stale")).contains("42s").contains("refused");
    }

    @Test
    void anEmptySlotTakesNoRoom(FxRobot robot) {
        assertThat(robot.lookup("#timeline").query().isVisible()).isFalse();
    }

    @Test
    void changesItsLook(FxRobot robot) {
        robot.interact(() -> shown.theme.choiceProperty().set(Theme.Choice.LIGHT));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(shown.stage.getScene().getStylesheets().getFirst()).endsWith("light.css");
    }

    private static String text(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(Label.class).getText();
    }
}

package dev.flotilla.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.state.Intent;
import dev.flotilla.ui.state.Placement;
import dev.flotilla.ui.state.Selection;

import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/// The replica handle in the inspector, with a real pointer, against hands that record.
@ExtendWith(ApplicationExtension.class)
class ReplicaHandleTest {
    private static final ObjectKey WEB = new ObjectKey("shop", "web");

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shown shown;

    @Start
    void start(Stage stage) {
        shown = new Shown(stage, folder.resolve("settings"), 1000, 760);
    }

    @BeforeEach
    void webIsSelected(FxRobot robot) {
        shown.hands.answer = new Placement(Map.of(), Map.of(), OptionalInt.of(8));
        robot.interact(() -> shown.model.accept(Fleets.picture()));
        robot.interact(() -> shown.model.select(new Selection.OfApp(WEB)));
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void theTrackEndsAtWhatStillFits(FxRobot robot) {
        assertThat(text(robot, "#replicas")).isEqualTo("6");
        assertThat(text(robot, "#replicas-end")).isEqualTo("14 fit");
    }

    @Test
    void draggedToTheEndItScalesToWhatFitsAndNotBefore(FxRobot robot) {
        var bounds =
                robot.lookup("#replica-track")
                        .query()
                        .localToScreen(robot.lookup("#replica-track").query().getBoundsInLocal());
        robot.moveTo(bounds.getMinX() + bounds.getWidth() * 6 / 14, bounds.getCenterY());
        robot.press(MouseButton.PRIMARY);
        robot.moveTo(bounds.getMaxX() - 2, bounds.getCenterY());
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(text(robot, "#replicas")).isEqualTo("14");
        assertThat(shown.hands.done).isEmpty();
        robot.release(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(shown.hands.done).containsExactly(new Intent.Scale(WEB, 14));
    }

    @Test
    void escapeLetsGoWithoutAsking(FxRobot robot) {
        var bounds =
                robot.lookup("#replica-track")
                        .query()
                        .localToScreen(robot.lookup("#replica-track").query().getBoundsInLocal());
        robot.moveTo(bounds.getMinX() + bounds.getWidth() * 6 / 14, bounds.getCenterY());
        robot.press(MouseButton.PRIMARY);
        robot.moveTo(bounds.getMaxX() - 2, bounds.getCenterY());
        robot.type(KeyCode.ESCAPE);
        robot.release(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(shown.hands.done).isEmpty();
        assertThat(text(robot, "#replicas")).isEqualTo("6");
    }

    @Test
    void anArrowKeyAddsOne(FxRobot robot) {
        robot.interact(() -> robot.lookup("#replica-track").query().requestFocus());
        robot.type(KeyCode.RIGHT);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(shown.hands.done).containsExactly(new Intent.Scale(WEB, 7));
    }

    private static String text(FxRobot robot, String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }
}

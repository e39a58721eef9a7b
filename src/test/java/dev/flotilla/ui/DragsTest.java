package dev.flotilla.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.fleet.MapProbe;
import dev.flotilla.ui.state.Intent;
import dev.flotilla.ui.state.Placement;

import javafx.geometry.Point2D;
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
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Each drag of the Fleet screen, with a real pointer, against hands that record.
@ExtendWith(ApplicationExtension.class)
class DragsTest {
    private static final ObjectKey WEB = new ObjectKey("shop", "web");
    private static final ObjectKey POD = new ObjectKey("shop", "web-7c9f-a1");
    private static final String UID = "uid-web-7c9f-a1";

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shown shown;

    @Start
    void start(Stage stage) {
        shown = new Shown(stage, folder.resolve("settings"), 1000, 760);
    }

    @BeforeEach
    void fleet(FxRobot robot) {
        robot.interact(() -> shown.model.accept(Fleets.picture()));
        settle(robot);
    }

    @Test
    void aPodOntoAnotherNodeMovesIt(FxRobot robot) {
        drag(robot, pod(robot), node(robot, "pico-2"));
        assertThat(shown.hands.done).containsExactly(new Intent.Move(POD, UID, "pico-2"));
    }

    @Test
    void aPodOntoItsOwnNodeStays(FxRobot robot) {
        drag(robot, pod(robot), node(robot, "pico-1"));
        assertThat(shown.hands.done).isEmpty();
    }

    @Test
    void anAppOntoANodeAddsAReplicaThere(FxRobot robot) {
        drag(robot, centre(robot, "#chip-web"), node(robot, "pico-3"));
        assertThat(shown.hands.done).containsExactly(new Intent.AddReplica(WEB, "pico-3"));
    }

    @Test
    void anAppOntoTheEmptyFleetAddsAReplicaAnywhere(FxRobot robot) {
        lift(robot, centre(robot, "#chip-web"));
        release(robot, centre(robot, ".anywhere"));
        assertThat(shown.hands.done).containsExactly(new Intent.AddReplica(WEB, null));
    }

    @Test
    void aPodOntoTheBinIsTheOneRemoved(FxRobot robot) {
        lift(robot, pod(robot));
        release(robot, centre(robot, ".bin"));
        assertThat(shown.hands.done).containsExactly(new Intent.RemovePod(POD, WEB, "pico-1"));
    }

    @Test
    void aNodeThatRefusesTakesNothing(FxRobot robot) {
        shown.hands.answer =
                new Placement(
                        Map.of("pico-2", "needs 2 CPU, 1.2 free"), Map.of(), OptionalInt.of(3));
        drag(robot, pod(robot), node(robot, "pico-2"));
        assertThat(shown.hands.asked).containsExactly(new Placement.Question.OfPod(POD));
        assertThat(shown.hands.done).isEmpty();
    }

    @Test
    void holdingItOverANodeSaysWhyNotOrHowWell(FxRobot robot) {
        shown.hands.answer =
                new Placement(
                        Map.of("pico-2", "needs 2 CPU, 1.2 free"),
                        Map.of("pico-3", new Placement.Offer(1, 612, List.of())),
                        OptionalInt.of(3));
        lift(robot, pod(robot));
        robot.moveTo(node(robot, "pico-2"));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(told(robot).getText()).endsWith("needs 2 CPU, 1.2 free");
        assertThat(told(robot).isVisible()).isTrue();
        robot.moveTo(node(robot, "pico-3"));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(told(robot).getText()).contains("pico-3", "612");
        robot.moveTo(node(robot, "pico-1"));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(told(robot).isVisible()).isFalse();
        robot.release(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static Label told(FxRobot robot) {
        return robot.lookup("#drop-told").queryAs(Label.class);
    }

    @Test
    void escapeCancels(FxRobot robot) {
        lift(robot, pod(robot));
        robot.moveTo(node(robot, "pico-2"));
        robot.type(KeyCode.ESCAPE);
        robot.release(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(shown.hands.done).isEmpty();
    }

    @Test
    void controlZTakesItBack(FxRobot robot) {
        drag(robot, pod(robot), node(robot, "pico-2"));
        robot.press(KeyCode.CONTROL).type(KeyCode.Z).release(KeyCode.CONTROL);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(shown.hands.done).last().isEqualTo(new Intent.MoveBack(POD, UID, POD, "before"));
    }

    @Test
    void theToastTakesItBack(FxRobot robot) {
        drag(robot, centre(robot, "#chip-web"), node(robot, "pico-3"));
        robot.clickOn("#toast-undo");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(shown.hands.done).last().isEqualTo(new Intent.Scale(WEB, 1));
    }

    @Test
    void whatWasAskedForShowsAsAGhostUntilItIsThere(FxRobot robot) {
        drag(robot, centre(robot, "#chip-web"), node(robot, "pico-3"));
        assertThat(probe(robot).ghostsOn("pico-3")).isEqualTo(1);
    }

    /// Lays out what the next pulse would.
    private void settle(FxRobot robot) {
        for (int pass = 0; pass < 2; pass++) {
            robot.interact(
                    () -> {
                        shown.stage.getScene().getRoot().applyCss();
                        shown.stage.getScene().getRoot().layout();
                    });
        }
    }

    private void drag(FxRobot robot, Point2D from, Point2D to) {
        lift(robot, from);
        release(robot, to);
    }

    private void lift(FxRobot robot, Point2D from) {
        robot.moveTo(from).press(MouseButton.PRIMARY).moveBy(20, 20).moveBy(20, 20);
        settle(robot);
    }

    private static void release(FxRobot robot, Point2D to) {
        robot.moveTo(to).moveBy(2, 2);
        robot.release(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private MapProbe probe(FxRobot robot) {
        return new MapProbe(robot.lookup("#fleet-map").query());
    }

    private Point2D pod(FxRobot robot) {
        return probe(robot).pod(POD);
    }

    private Point2D node(FxRobot robot, String name) {
        return probe(robot).node(name);
    }

    private static Point2D centre(FxRobot robot, String query) {
        return robot.point(query).query();
    }
}

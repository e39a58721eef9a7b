package dev.flotilla.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.ui.dialogs.DeploySheet;
import dev.flotilla.ui.dialogs.Sheets;
import dev.flotilla.ui.state.FleetState;
import dev.flotilla.ui.state.Intent;
import dev.flotilla.ui.state.MachineState;
import dev.flotilla.ui.state.ManifestLine;
import dev.flotilla.ui.state.ManifestLine.Verdict;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Adding a VM and deploying a manifest, with a real pointer, against hands that record.
@ExtendWith(ApplicationExtension.class)
class DialogsTest {
    private static final String KEY = "SHA256:abc";

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shown shown;

    @Start
    void start(Stage stage) {
        shown = new Shown(stage, folder.resolve("settings"), 1000, 760);
    }

    @Test
    void aVmIsAddedOnceItsHostKeyIsAgreedTo(FxRobot robot) {
        robot.interact(() -> robot.lookup("#way-ssh").queryAs(Button.class).fire());
        robot.clickOn("#vm-host").write("10.0.0.11");
        robot.clickOn("#vm-password").write("secret");
        robot.clickOn("#vm-add");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(shown.hands.done)
                .singleElement()
                .isInstanceOfSatisfying(
                        Intent.AddMachine.class,
                        add -> {
                            assertThat(add.name()).isEqualTo("10-0-0-11");
                            assertThat(add.secret()).containsEntry("password", "secret");
                            var ssh = add.spec().ssh();
                            assertThat(ssh == null ? null : ssh.hostKey()).isNull();
                        });
        assertThat(shown.hands.done.toString()).doesNotContain("secret");

        machine(robot, "HostKeyUnknown", "", KEY, null);
        assertThat(text(robot, "#vm-fingerprint")).isEqualTo(KEY);
        robot.clickOn("#vm-trust");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(shown.hands.done).last().isEqualTo(new Intent.TrustHostKey("10-0-0-11", KEY));

        machine(robot, "Ready", "", KEY, "10-0-0-11");
        robot.clickOn("#close");
        assertThat(robot.lookup(".sheet").tryQuery()).isEmpty();
    }

    @Test
    void whatFailedIsSaidAndCanBeMended(FxRobot robot) {
        robot.interact(() -> robot.lookup("#way-ssh").queryAs(Button.class).fire());
        robot.clickOn("#vm-host").write("10.0.0.11");
        robot.clickOn("#vm-password").write("wrong");
        robot.clickOn("#vm-add");
        WaitForAsyncUtils.waitForFxEvents();
        machine(robot, "Failed", "the password was refused", null, null);
        assertThat(text(robot, "#vm-failure")).isEqualTo("the password was refused");
        robot.clickOn("#vm-edit");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(shown.hands.done).last().isEqualTo(new Intent.RemoveMachine("10-0-0-11"));
        assertThat(robot.lookup("#vm-host").tryQuery()).isPresent();
    }

    @Test
    void aMissingHostIsNamedAndNothingIsAdded(FxRobot robot) {
        robot.interact(() -> robot.lookup("#way-ssh").queryAs(Button.class).fire());
        robot.clickOn("#vm-add");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(text(robot, "#vm-problem")).startsWith("Host: a name or an address");
        assertThat(shown.hands.done).isEmpty();
        robot.type(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup(".sheet").tryQuery()).isEmpty();
    }

    @Test
    void aManifestIsShownBeforeItIsApplied(FxRobot robot) throws IOException {
        shown.hands.lines =
                List.of(
                        new ManifestLine("Namespace shop", Verdict.UNCHANGED, ""),
                        new ManifestLine("Deployment shop/web", Verdict.CREATE, ""));
        var file = deploy(robot, "kind: Deployment");
        assertThat(shown.hands.done).isEmpty();
        robot.clickOn("#deploy-apply");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(shown.hands.done).containsExactly(new Intent.Apply(Files.readString(file)));
        assertThat(robot.lookup(".sheet").tryQuery()).isEmpty();
    }

    @Test
    void aManifestWithARefusedPartIsNotApplied(FxRobot robot) throws IOException {
        shown.hands.lines =
                List.of(
                        new ManifestLine(
                                "Deployment shop/web",
                                Verdict.REFUSED,
                                "strict decoding error: unknown field \"spec.replcas\""));
        deploy(robot, "kind: Deployment");
        assertThat(robot.lookup("#deploy-apply").queryAs(Button.class).isDisabled()).isTrue();
        assertThat(robot.lookup("#manifest-lines").queryParent().lookupAll(".label"))
                .anySatisfy(
                        l ->
                                assertThat(((Label) l).getText())
                                        .contains("unknown field \"spec.replcas\""));
    }

    private Path deploy(FxRobot robot, String yaml) throws IOException {
        var file = Files.writeString(folder.resolve("web.yaml"), yaml);
        robot.interact(
                () -> DeploySheet.open(new Sheets(shown.stage.getScene()), shown.actions, file));
        WaitForAsyncUtils.waitForFxEvents();
        return file;
    }

    private void machine(
            FxRobot robot,
            String phase,
            String message,
            @Nullable String hostKey,
            @Nullable String node) {
        var machine =
                new MachineState(
                        "10-0-0-11", "ssh", "10.0.0.11", phase, "", "", message, hostKey, node);
        robot.interact(
                () ->
                        shown.model.accept(
                                new FleetState(
                                        Fleets.NOW,
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(machine),
                                        List.of())));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static String text(FxRobot robot, String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }
}

package dev.flotilla.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.state.Selection;
import dev.flotilla.ui.theme.Theme;

import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.nio.file.Path;

@ExtendWith(ApplicationExtension.class)
class PaletteTest {
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
    }

    @Test
    void controlKGoesToWhatIsTyped(FxRobot robot) {
        robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
        robot.write("redis").type(KeyCode.ENTER);
        assertThat(shown.model.selectionProperty().get())
                .isEqualTo(new Selection.OfApp(new ObjectKey("shop", "redis")));
        assertThat(robot.lookup("#palette").queryAs(TextField.class).getText()).isEmpty();
    }

    @Test
    void aCommandIsRun(FxRobot robot) {
        robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
        robot.interact(() -> robot.lookup("#palette").queryAs(TextField.class).setText("dark"));
        robot.type(KeyCode.ENTER);
        assertThat(shown.theme.choiceProperty().get()).isEqualTo(Theme.Choice.DARK);
    }

    @Test
    void escapeLeavesEverythingAsItWas(FxRobot robot) {
        robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
        robot.write("web").type(KeyCode.ESCAPE);
        assertThat(shown.model.selectionProperty().get()).isEqualTo(new Selection.Nothing());
        assertThat(robot.lookup("#palette").queryAs(TextField.class).isFocused()).isFalse();
    }
}

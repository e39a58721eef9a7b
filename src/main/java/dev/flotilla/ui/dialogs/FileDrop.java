package dev.flotilla.ui.dialogs;

import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.Actions;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.TransferMode;
import javafx.stage.FileChooser;

import org.kordamp.ikonli.javafx.FontIcon;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Manifests come in as files: dropped onto the window from the desktop, or chosen.
public final class FileDrop {
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private final Scene scene;
    private final Sheets sheets;
    private final Actions actions;
    private final Texts texts = Texts.near(FileDrop.class);

    /// Where the last file was chosen; at first the folder that we were started in.
    private File folder = Path.of("").toAbsolutePath().toFile();

    public FileDrop(Scene scene, Sheets sheets, Actions actions) {
        this.scene = scene;
        this.sheets = sheets;
        this.actions = actions;
        scene.setOnDragOver(this::over);
        scene.setOnDragDropped(this::dropped);
        scene.getAccelerators()
                .put(new KeyCodeCombination(KeyCode.O, KeyCombination.SHORTCUT_DOWN), this::choose);
    }

    /// The button that lets a person choose a file.
    public Node button() {
        var button = new Button(texts.get("deploy"), new FontIcon("fth-upload"));
        button.setId("deploy");
        button.getStyleClass().add("quiet");
        button.setTooltip(new Tooltip(texts.get("deploy.tip")));
        button.setOnAction(_ -> choose());
        return button;
    }

    /// Lets a person choose a file, then previews it.
    public void choose() {
        var chooser = new FileChooser();
        chooser.setTitle(texts.get("deploy.choose"));
        chooser.getExtensionFilters()
                .add(
                        new FileChooser.ExtensionFilter(
                                texts.get("deploy.manifests"),
                                ENDINGS.stream().map(e -> "*" + e).toList()));
        chooser.setInitialDirectory(folder);
        var file = chooser.showOpenDialog(scene.getWindow());
        if (file != null) {
            folder = file.getParentFile();
            DeploySheet.open(sheets, actions, file.toPath());
        }
    }

    private void over(DragEvent e) {
        if (manifest(e).isPresent()) {
            e.acceptTransferModes(TransferMode.COPY);
            e.consume();
        }
    }

    private void dropped(DragEvent e) {
        var file = manifest(e);
        file.ifPresent(f -> DeploySheet.open(sheets, actions, f.toPath()));
        e.setDropCompleted(file.isPresent());
        e.consume();
    }

    private static Optional<File> manifest(DragEvent e) {
        return e.getDragboard().getFiles().stream()
                .filter(
                        f ->
                                ENDINGS.stream()
                                        .anyMatch(f.getName().toLowerCase(Locale.ROOT)::endsWith))
                .findFirst();
    }
}

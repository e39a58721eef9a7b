package dev.flotilla.ui.dialogs;

import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.Actions;
import dev.flotilla.ui.state.Intent;
import dev.flotilla.ui.state.ManifestLine;
import dev.flotilla.ui.state.ManifestLine.Verdict;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The sheet that deploys a manifest: what each object would do, then Apply.
public final class DeploySheet {
    private static final double TALLEST = 360;

    private final Sheets sheets;
    private final Actions actions;
    private final String name;
    private final String yaml;
    private final Texts texts = Texts.near(DeploySheet.class);

    private DeploySheet(Sheets sheets, Actions actions, String name, String yaml) {
        this.sheets = sheets;
        this.actions = actions;
        this.name = name;
        this.yaml = yaml;
    }

    /// Shows what the file would change, and asks.
    public static void open(Sheets sheets, Actions actions, Path file) {
        var name = String.valueOf(file.getFileName());
        try {
            new DeploySheet(sheets, actions, name, Files.readString(file)).preview();
        } catch (IOException e) {
            new DeploySheet(sheets, actions, name, "")
                    .failed(file + " can't be read as text: " + e);
        }
    }

    private void preview() {
        sheets.open(
                texts.get("deploy.title", name), new Label(texts.get("deploy.asking")), cancel());
        actions.preview(yaml)
                .whenComplete(
                        (lines, failure) -> {
                            if (failure == null) {
                                show(lines);
                            } else {
                                failed(Words.of(failure));
                            }
                        });
    }

    private void show(List<ManifestLine> lines) {
        var rows = new VBox();
        rows.getStyleClass().add("manifest-lines");
        rows.setId("manifest-lines");
        lines.forEach(l -> rows.getChildren().add(row(l)));
        var scroll = new ScrollPane(rows);
        scroll.setFitToWidth(true);
        scroll.setMaxHeight(TALLEST);
        scroll.getStyleClass().add("plain-scroll");
        boolean refused = lines.stream().anyMatch(l -> l.verdict() == Verdict.REFUSED);
        boolean nothing = lines.stream().allMatch(l -> l.verdict() == Verdict.UNCHANGED);
        var apply = new Button(texts.get("deploy.apply"));
        apply.setId("deploy-apply");
        apply.getStyleClass().add("primary");
        apply.setDisable(refused || nothing);
        apply.setOnAction(_ -> apply());
        var body = new VBox(12, scroll);
        if (refused) {
            var why = new Label(texts.get("deploy.refused"));
            why.setWrapText(true);
            why.getStyleClass().add("bad");
            body.getChildren().add(why);
        }
        sheets.open(texts.get("deploy.title", name), body, cancel(), apply);
        apply.requestFocus();
    }

    private void apply() {
        sheets.open(texts.get("deploy.title", name), new Label(texts.get("deploy.applying")));
        actions.perform(new Intent.Apply(yaml))
                .whenComplete(
                        (_, failure) -> {
                            if (failure == null) {
                                sheets.close();
                            } else {
                                failed(Words.of(failure));
                            }
                        });
    }

    private void failed(String why) {
        var words = new Label(why);
        words.setWrapText(true);
        words.getStyleClass().add("bad");
        words.setId("deploy-failure");
        sheets.open(texts.get("deploy.failed", name), words, cancel());
    }

    private HBox row(ManifestLine line) {
        var verdict = new Label(texts.get("verdict." + line.verdict()));
        verdict.getStyleClass().addAll("verdict", line.verdict().name().toLowerCase(Locale.ROOT));
        var object = new Label(line.object());
        object.getStyleClass().add("small");
        var words = new VBox(2, object);
        if (!line.message().isEmpty()) {
            var message = new Label(line.message());
            message.setWrapText(true);
            message.getStyleClass().addAll("muted", "small");
            words.getChildren().add(message);
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = new HBox(10, verdict, words);
        row.setAlignment(Pos.TOP_LEFT);
        return row;
    }

    private Button cancel() {
        var cancel = new Button(texts.get("cancel"));
        cancel.setId("deploy-cancel");
        cancel.getStyleClass().add("quiet");
        cancel.setOnAction(_ -> sheets.close());
        return cancel;
    }
}

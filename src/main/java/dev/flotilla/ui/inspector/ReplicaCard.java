package dev.flotilla.ui.inspector;

import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.AppState;
import dev.flotilla.ui.state.Intent;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

/// How many replicas, and the handle that changes it.
final class ReplicaCard extends HBox {
    private static final PseudoClass PENDING = PseudoClass.getPseudoClass("pending");

    private final InspectorViewModel model;
    private final Texts texts;
    private final Label number = new Label();
    private final Label end = new Label();
    private final ReplicaTrack track = new ReplicaTrack(this::preview, this::scale);
    private @Nullable AppState app;

    ReplicaCard(InspectorViewModel model) {
        this.model = model;
        this.texts = model.texts();
        getStyleClass().addAll("card", "replica-card");
        setAlignment(Pos.CENTER_LEFT);
        number.getStyleClass().add("replicas");
        number.setId("replicas");
        number.setMinWidth(Region.USE_PREF_SIZE);
        var title = new Label(texts.get("replicas"));
        title.getStyleClass().addAll("muted", "small");
        title.setMinWidth(Region.USE_PREF_SIZE);
        end.getStyleClass().addAll("muted", "tiny");
        end.setId("replicas-end");
        var least = new Label("0");
        least.getStyleClass().addAll("muted", "tiny");
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var right = new VBox(4, track, new HBox(least, gap, end));
        right.setAlignment(Pos.CENTER);
        HBox.setHgrow(right, Priority.ALWAYS);
        getChildren()
                .addAll(
                        new VBox(2, title, number),
                        step("−", "replicas-less", -1),
                        right,
                        step("+", "replicas-more", 1));
    }

    void show(AppState now, InspectorViewModel.Room room) {
        app = now;
        var wanted = model.onItsWay(now.key());
        int shown = wanted == null ? now.desired() : wanted;
        track.show(shown, room.most());
        track.setAccessibleText(texts.get("replicas.accessible", shown, room.most()));
        if (!track.held()) {
            write(shown);
        }
        pseudoClassStateChanged(PENDING, wanted != null);
        end.setText(room.known() ? texts.get("fit", room.most()) : String.valueOf(room.most()));
    }

    private void preview(int replicas) {
        write(replicas);
    }

    private void write(int replicas) {
        number.setText(String.valueOf(replicas));
    }

    private void scale(int replicas) {
        var now = app;
        if (now != null) {
            write(replicas);
            track.show(replicas, Math.max(replicas, model.roomProperty().get().most()));
            model.perform(new Intent.Scale(now.key(), replicas));
        }
    }

    private Button step(String sign, String id, int by) {
        var button = new Button(sign);
        button.setId(id);
        button.getStyleClass().addAll("quiet", "step");
        button.setAccessibleText(texts.get(by < 0 ? "less" : "more"));
        button.setOnAction(_ -> scale(Math.max(0, Integer.parseInt(number.getText()) + by)));
        return button;
    }
}

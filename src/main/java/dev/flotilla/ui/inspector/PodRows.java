package dev.flotilla.ui.inspector;

import dev.flotilla.ui.kit.Amounts;
import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.state.Selection;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// The pods of what is selected, as a table that sorts; Enter or a double click selects the pod.
final class PodRows extends TableView<PodState> {
    private final ObservableList<PodState> pods = FXCollections.observableArrayList();
    private final InspectorViewModel model;

    /// @param withNode whether the node is a column
    PodRows(InspectorViewModel model, boolean withNode) {
        this.model = model;
        var texts = model.texts();
        getStyleClass().add("pod-rows");
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        setPlaceholder(new Label(texts.get("no-pods")));
        getColumns().add(column(texts, "pod", p -> p.key().name()));
        getColumns().add(column(texts, "status", PodState::status));
        if (withNode) {
            getColumns().add(column(texts, "node", p -> Objects.requireNonNullElse(p.node(), "–")));
        }
        getColumns().add(column(texts, "restarts", PodState::restarts));
        getColumns().add(ages(texts));
        var sorted = pods.sorted();
        sorted.comparatorProperty().bind(comparatorProperty());
        setItems(sorted);
        setRowFactory(_ -> row());
        setOnKeyPressed(
                e -> {
                    var pod = getSelectionModel().getSelectedItem();
                    if (e.getCode() == KeyCode.ENTER && pod != null) {
                        open(pod);
                    }
                });
    }

    void show(List<PodState> now) {
        if (!now.equals(pods)) {
            var selected = getSelectionModel().getSelectedItem();
            pods.setAll(now);
            if (selected != null) {
                now.stream()
                        .filter(p -> p.uid().equals(selected.uid()))
                        .findFirst()
                        .ifPresent(p -> getSelectionModel().select(p));
            }
        }
    }

    private TableRow<PodState> row() {
        var row = new TableRow<PodState>();
        row.setOnMouseClicked(
                e -> {
                    if (e.getClickCount() == 2 && !row.isEmpty()) {
                        open(row.getItem());
                    }
                });
        return row;
    }

    private void open(PodState pod) {
        model.select(new Selection.OfPod(pod.key()));
    }

    private TableColumn<PodState, Instant> ages(Texts texts) {
        TableColumn<PodState, Instant> column = column(texts, "age", PodState::created);
        column.setCellFactory(_ -> new AgeCell(model));
        return column;
    }

    private static <T> TableColumn<PodState, T> column(
            Texts texts, String id, Function<PodState, T> value) {
        var column = new TableColumn<PodState, T>(texts.get("column." + id));
        column.setId("pods-" + id);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
        return column;
    }

    /// How long ago.
    private static final class AgeCell extends javafx.scene.control.TableCell<PodState, Instant> {
        private final InspectorViewModel model;

        AgeCell(InspectorViewModel model) {
            this.model = model;
        }

        @Override
        protected void updateItem(Instant since, boolean empty) {
            super.updateItem(since, empty);
            setText(
                    empty || since == null
                            ? null
                            : Amounts.age(Duration.between(since, model.time().instant())));
        }
    }
}

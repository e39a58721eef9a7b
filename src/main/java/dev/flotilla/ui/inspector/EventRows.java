package dev.flotilla.ui.inspector;

import dev.flotilla.ui.state.EventState;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// What happened, newest first: a time and a sentence a line.
final class EventRows extends VBox {
    private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private final int most;
    private List<EventState> shown = List.of();

    /// @param most how many lines at most
    EventRows(int most) {
        this.most = most;
        getStyleClass().add("event-rows");
    }

    void show(List<EventState> events) {
        var now = events.stream().limit(most).toList();
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        getChildren().setAll(now.stream().map(EventRows::row).toList());
    }

    private static HBox row(EventState event) {
        var time = new Label(TIME.format(event.time()));
        time.getStyleClass().addAll("mono", "muted", "tiny");
        time.setMinWidth(USE_PREF_SIZE);
        var words =
                new Label(
                        event.count() > 1
                                ? event.message() + " (×" + event.count() + ")"
                                : event.message());
        words.getStyleClass().addAll("small", "event-words");
        words.pseudoClassStateChanged(WARNING, event.warning());
        words.setTooltip(new Tooltip(event.reason() + ": " + event.message()));
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = new HBox(8, time, words);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("event-row");
        return row;
    }
}

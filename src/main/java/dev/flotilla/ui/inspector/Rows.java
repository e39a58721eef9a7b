package dev.flotilla.ui.inspector;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Facts about one thing: a name and a value a line. A line is made once and written over.
final class Rows extends VBox {
    private static final double NAME = 118;

    Rows() {
        getStyleClass().add("rows");
    }

    /// Starts over: the facts that follow replace the ones shown.
    Filling fill() {
        return new Filling();
    }

    /// Writes the facts in order.
    final class Filling {
        private int next;

        /// A fact; left out when there is no value.
        Filling row(String name, String value) {
            if (value.isEmpty()) {
                return this;
            }
            if (next == getChildren().size()) {
                getChildren().add(line());
            }
            var line = (HBox) getChildren().get(next++);
            ((Label) line.getChildren().get(0)).setText(name);
            ((Label) line.getChildren().get(1)).setText(value);
            return this;
        }

        void end() {
            getChildren().remove(next, getChildren().size());
        }

        private HBox line() {
            var name = new Label();
            name.getStyleClass().addAll("muted", "small");
            name.setMinWidth(NAME);
            name.setMaxWidth(NAME);
            var value = new Label();
            value.getStyleClass().add("small");
            value.setWrapText(true);
            HBox.setHgrow(value, Priority.ALWAYS);
            var line = new HBox(8, name, value);
            line.setAlignment(Pos.TOP_LEFT);
            return line;
        }
    }
}

package dev.flotilla.ui.inspector;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Tabs with a line under the chosen one. What was chosen stays chosen while others are looked at.
final class Tabs extends VBox {
    private final HBox head = new HBox();
    private final StackPane body = new StackPane();
    private final ToggleGroup group = new ToggleGroup();

    Tabs() {
        head.getStyleClass().add("tabs");
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(head, body);
        VBox.setVgrow(this, Priority.ALWAYS);
        group.selectedToggleProperty()
                .addListener(
                        (_, was, now) -> {
                            if (now == null && was != null) {
                                was.setSelected(true);
                            }
                        });
    }

    /// Adds a tab; the first is chosen.
    ///
    /// @return its button, whose text may change
    ToggleButton tab(String id, String title, Node content) {
        var button = new ToggleButton(title);
        button.setId("tab-" + id);
        button.getStyleClass().add("tab-button");
        button.setToggleGroup(group);
        content.visibleProperty().bind(button.selectedProperty());
        content.managedProperty().bind(button.selectedProperty());
        head.getChildren().add(button);
        body.getChildren().add(content);
        if (head.getChildren().size() == 1) {
            button.setSelected(true);
        }
        return button;
    }

    /// What is longer than the panel scrolls.
    static ScrollPane scrolling(Node content) {
        var scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("plain-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        return scroll;
    }
}

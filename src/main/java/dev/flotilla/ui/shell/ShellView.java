package dev.flotilla.ui.shell;

import dev.flotilla.ui.theme.Theme;

import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.javafx.FontIcon;

import java.util.List;
import java.util.function.Consumer;

/// The frame: top bar, rail, and slots for screen, inspector and timeline. An empty slot takes no
/// room.
public final class ShellView {
    private final ShellViewModel model;
    private final Theme theme;
    private final ToggleGroup screens = new ToggleGroup();
    @FXML private StackPane root;
    @FXML private Label cluster;
    @FXML private MenuButton namespace;
    @FXML private StackPane search;
    @FXML private HBox health;
    @FXML private Label nodes;
    @FXML private Label pods;
    @FXML private HBox alertsPill;
    @FXML private Label alerts;
    @FXML private HBox masterPill;
    @FXML private Label master;
    @FXML private MenuButton themeMenu;
    @FXML private VBox rail;
    @FXML private Label stale;
    @FXML private StackPane content;
    @FXML private StackPane inspector;
    @FXML private StackPane timeline;
    @FXML private HBox toast;

    public ShellView(ShellViewModel model, Theme theme) {
        this.model = model;
        this.theme = theme;
    }

    /// Adds a screen to the rail; the first one is shown.
    public void screen(Screen screen) {
        var button = new ToggleButton(screen.title(), new FontIcon(screen.icon()));
        button.setId("screen-" + screen.id());
        button.setToggleGroup(screens);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setOnAction(_ -> show(button, screen));
        rail.getChildren().add(button);
        int number = rail.getChildren().size();
        onScene(
                scene ->
                        scene.getAccelerators()
                                .put(
                                        new KeyCodeCombination(
                                                KeyCode.valueOf("DIGIT" + number),
                                                KeyCombination.ALT_DOWN),
                                        button::fire));
        if (number == 1) {
            show(button, screen);
        }
    }

    /// Fills the slot on the right.
    public void inspector(Node panel) {
        fill(inspector, panel);
    }

    /// Fills the slot at the bottom.
    public void timeline(Node panel) {
        fill(timeline, panel);
    }

    /// Fills the middle of the top bar.
    public void search(Node field) {
        fill(search, field);
    }

    @FXML
    private void initialize() {
        List.of(inspector, timeline, search).forEach(slot -> shown(slot, false));
        cluster.textProperty().bind(model.model().clusterProperty());
        showWhenFull(cluster, cluster.textProperty());
        nodes.textProperty().bind(model.nodes());
        pods.textProperty().bind(model.pods());
        Tooltip.install(health, new Tooltip(model.texts().get("health.tip")));
        alerts.textProperty().bind(model.alerts().map(a -> String.valueOf(a.size())));
        new AlertMenu(alertsPill, alerts, model);
        master.textProperty().bind(model.model().masterProperty());
        showWhenFull(masterPill, master.textProperty());
        stale.textProperty().bind(model.warning());
        showWhenFull(stale, stale.textProperty());
        namespaces();
        themes();
        StackPane.setAlignment(toast, Pos.BOTTOM_CENTER);
        StackPane.setMargin(toast, new Insets(0, 0, 24, 0));
        new Toast(toast, model);
        onScene(
                scene ->
                        scene.getAccelerators()
                                .put(
                                        new KeyCodeCombination(
                                                KeyCode.Z, KeyCombination.SHORTCUT_DOWN),
                                        model.actions()::undo));
    }

    private void namespaces() {
        var name = new Label();
        name.textProperty().bind(model.namespaceText());
        name.getStyleClass().add("strong");
        var word = new Label(model.texts().get("namespace"));
        word.getStyleClass().add("muted");
        var both = new HBox(4, word, name);
        both.setAlignment(Pos.CENTER_LEFT);
        namespace.setGraphic(both);
        namespace.setOnShowing(
                _ -> {
                    namespace.getItems().setAll(item("", model.texts().get("namespace.all")));
                    model.model().allProperty().get().namespaces().stream()
                            .map(n -> item(n, n))
                            .forEach(namespace.getItems()::add);
                });
        namespace.getItems().setAll(item("", model.texts().get("namespace.all")));
    }

    private MenuItem item(String name, String text) {
        var item = new RadioMenuItem(text);
        item.setMnemonicParsing(false);
        item.setSelected(model.namespace().get().equals(name));
        item.setOnAction(_ -> model.namespace().set(name));
        return item;
    }

    private void themes() {
        themeMenu.setGraphic(new FontIcon("fth-moon"));
        themeMenu.setAccessibleText(model.texts().get("theme"));
        themeMenu.setTooltip(new Tooltip(model.texts().get("theme")));
        var group = new ToggleGroup();
        for (var choice : Theme.Choice.values()) {
            var item = new RadioMenuItem(model.texts().get("theme." + choice));
            item.setToggleGroup(group);
            theme.choiceProperty().subscribe(now -> item.setSelected(now == choice));
            item.setOnAction(_ -> theme.choiceProperty().set(choice));
            themeMenu.getItems().add(item);
        }
    }

    private void show(ToggleButton button, Screen screen) {
        button.setSelected(true);
        content.getChildren().setAll(screen.content());
    }

    private static void fill(StackPane slot, Node panel) {
        slot.getChildren().setAll(panel);
        shown(slot, true);
    }

    private static void showWhenFull(Node node, ObservableValue<String> text) {
        text.subscribe(t -> shown(node, !t.isEmpty()));
    }

    private static void shown(Node node, boolean yes) {
        node.setVisible(yes);
        node.setManaged(yes);
    }

    private void onScene(Consumer<Scene> act) {
        root.sceneProperty()
                .subscribe(
                        scene -> {
                            if (scene != null) {
                                act.accept(scene);
                            }
                        });
    }
}

package dev.flotilla.ui.fleet;

import dev.flotilla.ui.fleet.drag.Drag;
import dev.flotilla.ui.fleet.drag.DropWords;
import dev.flotilla.ui.fleet.drag.Refusals;
import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.theme.Theme;

import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.MouseDragEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The Fleet screen: the apps' chips above, the map, and what appears while dragging.
public final class FleetView {
    private static final double TWO_ROWS = 68;
    private static final PseudoClass OVER = PseudoClass.getPseudoClass("over");

    private final FleetViewModel model;
    private final WaysIn ways;
    private final Theme theme;
    private final Texts texts = Texts.near(FleetView.class);
    @FXML private StackPane root;
    @FXML private FlowPane chips;
    @FXML private ScrollPane chipScroll;
    @FXML private MenuButton group;
    @FXML private MenuButton add;
    @FXML private StackPane map;
    @FXML private VBox empty;
    @FXML private FlowPane wayButtons;
    @FXML private Label connecting;
    @FXML private HBox zones;
    @FXML private Label bin;
    @FXML private Label anywhere;
    @FXML private Label hint;
    @FXML private Pane overlay;

    public FleetView(FleetViewModel model, WaysIn ways, Theme theme) {
        this.model = model;
        this.ways = ways;
        this.theme = theme;
    }

    @FXML
    private void initialize() {
        var refusals = new Refusals(texts);
        var words = new DropWords(texts, refusals);
        var canvas =
                new FleetMap(
                        model,
                        theme,
                        new CardPainter.CardWords(
                                texts.get("cpu"), texts.get("memory"), texts.get("unscheduled")),
                        TileWords.of(texts),
                        words);
        map.getChildren().addFirst(canvas);
        var menu = new MapMenu(root, model, texts, words);
        new MapInput(canvas, model, menu, new MapTips(texts));
        new Chips(root, chips, model, menu, texts);
        chips.heightProperty()
                .subscribe(h -> chipScroll.setPrefHeight(Math.min(TWO_ROWS, h.doubleValue())));
        groups();
        ways();
        zones();
        new Carried(root, overlay, model, words);
        shows(empty, model.vacant());
        shows(connecting, model.connecting());
        shows(hint, model.vacant().map(v -> !v));
    }

    private void groups() {
        group.textProperty().bind(model.groupingProperty().map(g -> texts.get("group." + g)));
        var one = new ToggleGroup();
        for (var grouping : Grouping.values()) {
            var item = new RadioMenuItem(texts.get("group." + grouping));
            item.setToggleGroup(one);
            model.groupingProperty().subscribe(now -> item.setSelected(now == grouping));
            item.setOnAction(_ -> model.groupingProperty().set(grouping));
            group.getItems().add(item);
        }
    }

    private void ways() {
        for (var way : ways.all()) {
            var key = "way." + way.id();
            var item = new MenuItem(texts.get(key), new FontIcon(way.icon()));
            item.setOnAction(_ -> way.go().run());
            add.getItems().add(item);
            var more = new Label(texts.get(key + ".more"));
            more.getStyleClass().addAll("muted", "small");
            more.setWrapText(true);
            var title = new Label(texts.get(key));
            title.getStyleClass().add("strong");
            title.setWrapText(true);
            var content = new VBox(10, new FontIcon(way.icon()), title, more);
            content.setAlignment(Pos.TOP_LEFT);
            var button = new Button(null, content);
            button.getStyleClass().add("way");
            button.setId("way-" + way.id());
            button.setAccessibleText(texts.get(key) + ". " + texts.get(key + ".more"));
            button.setOnAction(_ -> way.go().run());
            wayButtons.getChildren().add(button);
        }
    }

    private void zones() {
        bin.setGraphic(new FontIcon("fth-trash-2"));
        anywhere.setGraphic(new FontIcon("fth-shuffle"));
        target(bin, new Drag.Target.OnBin());
        target(anywhere, new Drag.Target.Anywhere());
        model.dragProperty().subscribe(this::show);
    }

    private void target(Label zone, Drag.Target target) {
        zone.setOnMouseDragOver(
                e -> {
                    model.over(target);
                    e.consume();
                });
        zone.addEventHandler(
                MouseDragEvent.MOUSE_DRAG_EXITED, _ -> model.over(new Drag.Target.Nowhere()));
    }

    private void show(@Nullable Drag drag) {
        zones.setVisible(drag != null);
        if (drag == null) {
            return;
        }
        boolean pod = drag.cargo() instanceof Drag.Cargo.OfPod;
        shown(
                bin,
                drag.cargo() instanceof Drag.Cargo.OfPod(var carried)
                        && Drag.removal(carried).isPresent());
        shown(anywhere, !pod);
        bin.pseudoClassStateChanged(OVER, drag.target() instanceof Drag.Target.OnBin);
        anywhere.pseudoClassStateChanged(OVER, drag.target() instanceof Drag.Target.Anywhere);
    }

    private static void shows(Node node, ObservableValue<Boolean> when) {
        when.subscribe(yes -> shown(node, yes));
    }

    private static void shown(Node node, boolean yes) {
        node.setVisible(yes);
        node.setManaged(yes);
    }
}

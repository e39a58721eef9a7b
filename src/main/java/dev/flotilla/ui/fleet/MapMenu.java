package dev.flotilla.ui.fleet;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.fleet.drag.Drag;
import dev.flotilla.ui.fleet.drag.DropWords;
import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.AppState;
import dev.flotilla.ui.state.Intent;
import dev.flotilla.ui.state.Kubectl;
import dev.flotilla.ui.state.NodeState;
import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.state.Selection;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

import java.util.ArrayList;
import java.util.List;

/// What can be done with a pod, a node or an app, by menu: the same as by dragging, and each also
/// as a kubectl command to copy.
final class MapMenu {
    private final Node owner;
    private final FleetViewModel model;
    private final Texts texts;
    private final DropWords words;
    private final ContextMenu menu = new ContextMenu();
    private final ScaleBox scaleBox;

    MapMenu(Node owner, FleetViewModel model, Texts texts, DropWords words) {
        this.owner = owner;
        this.model = model;
        this.texts = texts;
        this.words = words;
        this.scaleBox = new ScaleBox(texts);
        menu.setId("fleet-menu");
    }

    void hide() {
        menu.hide();
    }

    void show(Hit hit, double x, double y) {
        model.select(hit.selects());
        show(hit.selects(), x, y);
    }

    void show(Selection what, double x, double y) {
        switch (what) {
            case Selection.OfPod(var key) ->
                    model.state().pod(key).ifPresent(pod -> show(pod(pod), x, y));
            case Selection.OfApp(var key) ->
                    model.state().app(key).ifPresent(app -> show(app(app), x, y));
            case Selection.OfNode(var name) ->
                    model.state().node(name).ifPresent(node -> show(node(node), x, y));
            case Selection.Nothing() -> menu.hide();
        }
    }

    /// Where the selected pod could move.
    void moves(double x, double y) {
        model.selectedPod().ifPresent(pod -> show(moves(pod), x, y));
    }

    /// How many replicas the selected app shall have.
    void scale(double x, double y) {
        model.selectedApp()
                .flatMap(model.state()::app)
                .filter(AppState::scalable)
                .ifPresent(app -> show(List.of(scaleBox.item(app, this::perform)), x, y));
    }

    private void perform(Intent intent) {
        menu.hide();
        model.perform(intent);
    }

    private void show(List<MenuItem> items, double x, double y) {
        menu.getItems().setAll(items);
        menu.show(owner, x, y);
        Platform.runLater(scaleBox::focus);
    }

    private List<MenuItem> pod(PodState pod) {
        var items = new ArrayList<MenuItem>();
        var intents = new ArrayList<MenuItem>();
        var move = new Menu(texts.get("menu.move"));
        move.getItems().setAll(moves(pod));
        move.setDisable(!Drag.movable(pod));
        items.add(move);
        Drag.removal(pod).ifPresent(i -> act(items, intents, "menu.remove", i));
        act(items, intents, "menu.restart", new Intent.RestartPod(pod.key()));
        model.state()
                .app(pod.app())
                .filter(AppState::scalable)
                .ifPresent(
                        app -> {
                            items.add(new SeparatorMenuItem());
                            items.addAll(growth(app, intents));
                        });
        items.add(new SeparatorMenuItem());
        items.add(copies(intents));
        return items;
    }

    private List<MenuItem> app(AppState app) {
        var intents = new ArrayList<MenuItem>();
        var items = new ArrayList<MenuItem>();
        if (app.scalable()) {
            items.addAll(growth(app, intents));
            items.add(new SeparatorMenuItem());
        }
        items.add(copies(intents));
        return items;
    }

    private List<MenuItem> growth(AppState app, List<MenuItem> copies) {
        var items = new ArrayList<MenuItem>();
        act(items, copies, "menu.add", new Intent.AddReplica(app.key(), null));
        var there = new Menu(texts.get("menu.add-on"));
        var drag = Drag.of(new Drag.Cargo.OfApp(app.key()));
        for (var node : model.state().nodes()) {
            there.getItems().add(target(node, drag, new Intent.AddReplica(app.key(), node.name())));
        }
        items.add(there);
        var scale = new Menu(texts.get("menu.scale"));
        scale.getItems().setAll(scaleBox.item(app, this::perform));
        items.add(scale);
        return items;
    }

    private List<MenuItem> node(NodeState node) {
        var items = new ArrayList<MenuItem>();
        var copies = new ArrayList<MenuItem>();
        act(
                items,
                copies,
                node.cordoned() ? "menu.uncordon" : "menu.cordon",
                new Intent.Cordon(node.name(), !node.cordoned()));
        items.add(new SeparatorMenuItem());
        items.add(copies(copies));
        return items;
    }

    private List<MenuItem> moves(PodState pod) {
        var drag = Drag.of(new Drag.Cargo.OfPod(pod));
        var items = new ArrayList<MenuItem>();
        for (var node : model.state().nodes()) {
            if (!node.name().equals(pod.node())) {
                items.add(target(node, drag, new Intent.Move(pod.key(), pod.uid(), node.name())));
            }
        }
        model.actions()
                .place(drag.cargo().question())
                .thenAccept(
                        answer -> {
                            var asked = drag.with(answer);
                            items.forEach(item -> answer(item, asked));
                        });
        return items;
    }

    private MenuItem target(NodeState node, Drag drag, Intent intent) {
        var item = new MenuItem(node.name());
        item.setMnemonicParsing(false);
        item.setUserData(node.name());
        item.setOnAction(_ -> perform(intent));
        answer(item, drag);
        return item;
    }

    /// Says of a node why it can't take the pod, or how well it would do.
    private void answer(MenuItem item, Drag drag) {
        model.state()
                .node((String) item.getUserData())
                .ifPresent(
                        node ->
                                words.mark(drag, node)
                                        .ifPresent(
                                                mark -> {
                                                    item.setDisable(
                                                            mark instanceof DropWords.Mark.Refused);
                                                    item.setText(
                                                            node.name() + "  –  " + text(mark));
                                                }));
    }

    private static String text(DropWords.Mark mark) {
        return switch (mark) {
            case DropWords.Mark.Refused(var why) -> why;
            case DropWords.Mark.Offered(var line, _, _) -> line;
        };
    }

    private void act(List<MenuItem> items, List<MenuItem> copies, String key, Intent intent) {
        var item = new MenuItem(texts.get(key));
        item.setOnAction(_ -> perform(intent));
        items.add(item);
        Kubectl.command(intent, model.state())
                .ifPresent(
                        command -> {
                            var copy = new MenuItem(command);
                            copy.setMnemonicParsing(false);
                            copy.setOnAction(_ -> copy(command));
                            copies.add(copy);
                        });
    }

    private MenuItem copies(List<MenuItem> copies) {
        var menu = new Menu(texts.get("menu.copy"));
        menu.getItems().setAll(copies);
        menu.setDisable(copies.isEmpty());
        return menu;
    }

    private static void copy(String command) {
        var content = new ClipboardContent();
        content.putString(command);
        Clipboard.getSystemClipboard().setContent(content);
    }

    /// For the app chips.
    void show(ObjectKey app, double x, double y) {
        show(new Selection.OfApp(app), x, y);
    }
}

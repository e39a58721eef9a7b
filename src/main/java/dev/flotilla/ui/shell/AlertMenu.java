package dev.flotilla.ui.shell;

import javafx.css.PseudoClass;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;

/// The alerts behind their count: a click lists them, a click on one selects what it is about.
final class AlertMenu {
    private static final int MOST = 20;

    private final ShellViewModel model;
    private final ContextMenu menu = new ContextMenu();

    AlertMenu(Node pill, Label count, ShellViewModel model) {
        this.model = model;
        Tooltip.install(pill, new Tooltip(model.texts().get("alerts.tip")));
        model.alerts()
                .subscribe(
                        all ->
                                count.pseudoClassStateChanged(
                                        PseudoClass.getPseudoClass("some"), !all.isEmpty()));
        pill.setOnMouseClicked(
                _ -> {
                    fill();
                    menu.show(pill, Side.BOTTOM, 0, 4);
                });
    }

    private void fill() {
        var all = model.alerts().getValue();
        menu.getItems().clear();
        if (all.isEmpty()) {
            var none = new MenuItem(model.texts().get("alerts.none"));
            none.setDisable(true);
            menu.getItems().add(none);
        }
        for (var alert : all.subList(0, Math.min(MOST, all.size()))) {
            var item = new MenuItem(model.text(alert));
            item.setMnemonicParsing(false);
            item.setOnAction(_ -> model.model().select(alert.about()));
            menu.getItems().add(item);
        }
    }
}

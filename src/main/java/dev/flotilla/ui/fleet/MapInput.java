package dev.flotilla.ui.fleet;

import dev.flotilla.ui.fleet.drag.Drag;
import dev.flotilla.ui.state.Selection;

import javafx.animation.PauseTransition;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseDragEvent;
import javafx.scene.input.MouseEvent;
import javafx.util.Duration;

/// Turns what mouse and keyboard do on the map into what the view-model and the menu do.
final class MapInput {
    private static final Duration TIP_AFTER = Duration.millis(500);
    private static final double EDGE = 28;
    private static final double EDGE_STEP = 14;
    private static final double BELOW_POINTER = 18;

    private final FleetMap map;
    private final FleetViewModel model;
    private final MapMenu menu;
    private final MapTips tips;
    private final Tooltip tip = new Tooltip();
    private final PauseTransition tipLater = new PauseTransition(TIP_AFTER);
    private Hit under = new Hit.Empty();

    /// A drag is of what was pressed; when it is noticed, the pointer may be elsewhere.
    private Hit pressed = new Hit.Empty();

    MapInput(FleetMap map, FleetViewModel model, MapMenu menu, MapTips tips) {
        this.map = map;
        this.model = model;
        this.menu = menu;
        this.tips = tips;
        tip.setWrapText(true);
        tip.setMaxWidth(420);
        map.setOnMouseMoved(this::hover);
        map.setOnMouseExited(_ -> leave());
        map.setOnMousePressed(this::press);
        map.setOnDragDetected(this::lift);
        map.setOnMouseDragOver(this::over);
        map.setOnMouseDragExited(_ -> model.over(new Drag.Target.Nowhere()));
        map.setOnScroll(e -> map.scrollBy(-e.getDeltaY()));
        map.setOnKeyPressed(this::key);
        map.setOnContextMenuRequested(
                e -> {
                    leave();
                    if (e.isKeyboardTrigger()) {
                        menuAtSelection();
                    } else {
                        menu.show(map.hit(e.getX(), e.getY()), e.getScreenX(), e.getScreenY());
                    }
                });
    }

    private void hover(MouseEvent e) {
        var now = map.hit(e.getX(), e.getY());
        if (!now.equals(under)) {
            leave();
            under = now;
            map.hover(now instanceof Hit.OnPod(var pod, _) ? pod.uid() : null);
            tips.of(now)
                    .ifPresent(
                            text -> {
                                tip.setText(text);
                                tipLater.setOnFinished(
                                        _ ->
                                                tip.show(
                                                        map,
                                                        e.getScreenX() + 8,
                                                        e.getScreenY() + BELOW_POINTER));
                                tipLater.playFromStart();
                            });
        }
    }

    private void leave() {
        under = new Hit.Empty();
        tipLater.stop();
        tip.hide();
        map.hover(null);
    }

    private void press(MouseEvent e) {
        leave();
        map.requestFocus();
        menu.hide();
        pressed = map.hit(e.getX(), e.getY());
        model.select(pressed.selects());
    }

    private void lift(MouseEvent e) {
        if (e.getButton() == MouseButton.PRIMARY && pressed instanceof Hit.OnPod(var pod, _)) {
            leave();
            map.startFullDrag();
            model.lift(new Drag.Cargo.OfPod(pod));
        }
    }

    private void over(MouseDragEvent e) {
        if (e.getY() < EDGE) {
            map.scrollBy(-EDGE_STEP);
        } else if (e.getY() > map.getHeight() - EDGE) {
            map.scrollBy(EDGE_STEP);
        }
        model.over(
                switch (map.hit(e.getX(), e.getY())) {
                    case Hit.OnCard(Card.Subject.OfNode(var node)) ->
                            new Drag.Target.OnNode(node.name());
                    case Hit.OnPod(_, Card.Subject.OfNode(var node)) ->
                            new Drag.Target.OnNode(node.name());
                    case Hit.Empty() -> new Drag.Target.Anywhere();
                    case Hit.OnCard _, Hit.OnPod _ -> new Drag.Target.Nowhere();
                });
    }

    private void key(KeyEvent e) {
        if (e.isShortcutDown() || e.isAltDown()) {
            return;
        }
        switch (e.getCode()) {
            case LEFT -> step(MapSteps.Arrow.LEFT);
            case RIGHT -> step(MapSteps.Arrow.RIGHT);
            case UP -> step(MapSteps.Arrow.UP);
            case DOWN -> step(MapSteps.Arrow.DOWN);
            case PAGE_DOWN -> map.scrollBy(map.getHeight());
            case PAGE_UP -> map.scrollBy(-map.getHeight());
            case ENTER -> menuAtSelection();
            case ESCAPE -> model.select(new Selection.Nothing());
            case M -> at((x, y) -> menu.moves(x, y));
            case S -> at((x, y) -> menu.scale(x, y));
            case DELETE -> model.selectedPod().flatMap(Drag::removal).ifPresent(model::perform);
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void step(MapSteps.Arrow arrow) {
        MapSteps.next(map.layoutNow(), model.model().selectionProperty().get(), arrow)
                .ifPresent(
                        spot -> {
                            model.select(spot.what());
                            map.reveal(spot.box());
                        });
    }

    private void menuAtSelection() {
        var selected = model.model().selectionProperty().get();
        at((x, y) -> menu.show(selected, x, y));
    }

    private void at(Place act) {
        var selected = model.model().selectionProperty().get();
        var box =
                MapSteps.find(map.layoutNow(), selected)
                        .map(MapSteps.Spot::box)
                        .orElse(new Box(0, map.top(), 0, 0));
        var point = map.localToScreen(box.centreX(), box.y() + box.height() - map.top());
        if (point != null) {
            act.at(point.getX(), point.getY());
        }
    }

    private interface Place {
        void at(double screenX, double screenY);
    }
}

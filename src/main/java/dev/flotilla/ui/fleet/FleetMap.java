package dev.flotilla.ui.fleet;

import dev.flotilla.ui.fleet.drag.Drag;
import dev.flotilla.ui.fleet.drag.DropWords;
import dev.flotilla.ui.fleet.drag.Ghost;
import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.theme.Theme;

import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// The map of the fleet: one canvas, as large as what is in view. Repaints only when something
/// changed, and at 60 a second only while tiles glide.
final class FleetMap extends Region {
    private static final double BAR = 10;

    private final FleetViewModel model;
    private final Theme theme;
    private final DropWords words;
    private final Canvas canvas = new Canvas();
    private final ScrollBar bar = new ScrollBar();
    private final Pen pen;
    private final MapPainter painter;
    private final Motion motion = new Motion();
    private final AnimationTimer timer;
    private MapLayout layout;
    private @Nullable String hovered;
    private boolean stale = true;
    private long lastFrame;

    FleetMap(
            FleetViewModel model,
            Theme theme,
            CardPainter.CardWords cardWords,
            TileWords tileWords,
            DropWords words) {
        this.model = model;
        this.theme = theme;
        this.words = words;
        pen = new Pen(canvas.getGraphicsContext2D(), theme.palette());
        painter = new MapPainter(pen, cardWords, tileWords);
        layout = MapLayout.of(model.state(), model.ghosts(), Grouping.NODE, 1, 1);
        bar.setOrientation(Orientation.VERTICAL);
        bar.setFocusTraversable(false);
        canvas.setManaged(false);
        bar.setManaged(false);
        getChildren().addAll(canvas, bar);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.PARENT);
        setId("fleet-map");
        timer =
                new AnimationTimer() {
                    @Override
                    public void handle(long now) {
                        frame(now);
                    }
                };
        follow();
    }

    /// The layout on screen.
    MapLayout layoutNow() {
        if (stale) {
            arrange();
        }
        return layout;
    }

    /// What lies under a point of this region.
    Hit hit(double x, double y) {
        return Hit.at(layoutNow(), x, y + top());
    }

    /// How far it is scrolled.
    double top() {
        return bar.isVisible() ? bar.getValue() : 0;
    }

    void scrollBy(double delta) {
        bar.setValue(Math.clamp(bar.getValue() + delta, 0, Math.max(0, bar.getMax())));
    }

    /// Scrolls as little as shows the box whole.
    void reveal(Box box) {
        if (box.y() < top() + MapLayout.GAP) {
            scrollBy(box.y() - top() - MapLayout.GAP);
        } else if (box.y() + box.height() > top() + getHeight()) {
            scrollBy(box.y() + box.height() - top() - getHeight() + MapLayout.GAP);
        }
    }

    void hover(@Nullable String uid) {
        if (uid == null ? hovered != null : !uid.equals(hovered)) {
            hovered = uid;
            repaint();
        }
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        bar.resizeRelocate(getWidth() - BAR, 0, BAR, getHeight());
        refresh();
    }

    private void follow() {
        model.model().stateProperty().addListener(_ -> refresh());
        model.model().selectionProperty().addListener(_ -> repaint());
        model.dragProperty().addListener(_ -> refresh());
        model.groupingProperty().addListener(_ -> refresh());
        model.actions().pending().addListener((ListChangeListener<Object>) _ -> refresh());
        theme.paletteProperty().addListener(_ -> repaint());
        bar.valueProperty().addListener(_ -> repaint());
        focusedProperty().addListener(_ -> repaint());
    }

    private void refresh() {
        stale = true;
        repaint();
    }

    private void repaint() {
        lastFrame = lastFrame == 0 ? System.nanoTime() : lastFrame;
        timer.start();
    }

    private void frame(long now) {
        if (stale) {
            arrange();
        }
        double passed = Math.max(1, now - lastFrame);
        lastFrame = now;
        boolean moving = motion.step(layout, passed, Platform.getPreferences().isReducedMotion());
        paint();
        if (!moving && !stale) {
            timer.stop();
            lastFrame = 0;
        }
    }

    private void arrange() {
        stale = false;
        double width = Math.max(1, getWidth());
        double height = Math.max(1, getHeight());
        var by = model.groupingProperty().get();
        layout = MapLayout.of(model.state(), model.ghosts(), by, width, height);
        boolean over = layout.height() > height;
        if (over) {
            var narrow = width - BAR - 4;
            layout = MapLayout.of(model.state(), model.ghosts(), by, narrow, height);
        }
        bar.setVisible(over);
        bar.setMax(Math.max(0, layout.height() - height));
        bar.setVisibleAmount(over ? bar.getMax() * height / layout.height() : 1);
        bar.setValue(Math.min(bar.getValue(), bar.getMax()));
    }

    /// Paints at once. For measurements, and for [#frame].
    void paint() {
        pen.use(theme.palette());
        var drag = model.dragProperty().get();
        var view =
                new MapPainter.View(
                        canvas.getWidth(),
                        canvas.getHeight(),
                        Math.round(top()),
                        scale(),
                        model.model().selectionProperty().get(),
                        hovered,
                        drag == null ? null : carried(drag),
                        drag == null ? null : target(drag));
        painter.paint(
                layout,
                model.model().histories(),
                motion,
                view,
                card -> drag == null ? Optional.empty() : mark(card, drag));
    }

    private double scale() {
        var window = getScene() == null ? null : getScene().getWindow();
        return window == null ? 1 : window.getOutputScaleX();
    }

    private Optional<DropWords.Mark> mark(Card card, Drag drag) {
        return CardPainter.node(card).flatMap(node -> words.mark(drag, node));
    }

    private static @Nullable String carried(Drag drag) {
        return drag.cargo() instanceof Drag.Cargo.OfPod(PodState pod) ? pod.uid() : null;
    }

    private @Nullable String target(Drag drag) {
        return drag.ghost(model.state()).map(Ghost::node).orElse(null);
    }
}

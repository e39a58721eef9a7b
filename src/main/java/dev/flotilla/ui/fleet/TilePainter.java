package dev.flotilla.ui.fleet;

import dev.flotilla.ui.fleet.drag.Ghost;
import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.state.PodState.Look;

import javafx.scene.paint.Color;

/// Paints pods. Never by colour alone: dashed is starting, hatched is gone, filled is ready, and a
/// failure says its word.
final class TilePainter {
    private static final double ARC = 9;
    private static final double SMALL_ARC = 6;
    private static final double LOAD_HIGH = 3;
    private static final double INSET = 8;

    private final Pen pen;
    private final TileWords words;
    private final Sprites sprites;

    TilePainter(Pen pen, TileWords words) {
        this.pen = pen;
        this.words = words;
        this.sprites = new Sprites(pen);
    }

    /// To be called when the look or the screen's scale may have changed.
    void use(double scale) {
        sprites.use(pen.palette(), scale);
    }

    void pod(PodState pod, Box box, Level level, boolean strong) {
        switch (level) {
            case FULL -> full(pod, box, strong);
            case NAME -> {
                sprites.draw(pod, box, level, strong, words);
                load(pod, box);
            }
            case MARK -> sprites.draw(pod, box, level, strong, words);
            case DOT -> dot(pod, box);
        }
    }

    /// What is the same for all small tiles of an app in the same state.
    void alike(String app, Look look, Box box, Level level, boolean strong, double load) {
        if (level == Level.NAME) {
            frame(app, look, box, SMALL_ARC, strong);
            var word = look == Look.FAILED ? "failed" : gone(look) ? "muted" : "text";
            title(app, box, Level.NAME, pen.colour(word));
        } else {
            mark(app, look, box, load);
        }
    }

    void ghost(Ghost ghost, Box box, Level level) {
        var hue = pen.hue(ghost.app().name());
        switch (level) {
            case FULL, NAME -> {
                pen.outline(box, ARC, hue, 1, 4, 3);
                title(ghost.app().name(), box, level, pen.colour("text"));
                if (level == Level.FULL) {
                    line(words.starting(), box, pen.colour("muted"));
                }
            }
            case MARK -> pen.outline(box, SMALL_ARC, hue, 1, 2, 2);
            case DOT -> pen.fill(box, 0, Pen.faint(hue, 0.4));
        }
    }

    /// The ring around what is selected, or hovered over.
    void ring(Box box, Level level, Color colour, double line) {
        double out = level == Level.FULL || level == Level.NAME ? 3 : 2;
        var around =
                new Box(
                        box.x() - out,
                        box.y() - out,
                        box.width() + 2 * out,
                        box.height() + 2 * out);
        pen.outline(around, level == Level.DOT ? 2 : ARC + out, colour, line);
    }

    private void full(PodState pod, Box box, boolean strong) {
        var app = pod.app().name();
        frame(app, pod.look(), box, ARC, strong);
        title(app, box, Level.FULL, pen.colour(gone(pod.look()) ? "muted" : "text"));
        var word = pod.look() == Look.FAILED ? pen.colour("failed") : pen.colour("muted");
        line(words.of(pod), box, word);
        load(pod, box);
    }

    private void mark(String app, Look look, Box box, double load) {
        var hue = pen.hue(app);
        switch (look) {
            case READY -> {
                pen.fill(box, SMALL_ARC, Pen.faint(hue, 0.35 + 0.65 * load));
                pen.outline(box, SMALL_ARC, hue, 1);
            }
            case STARTING -> pen.outline(box, SMALL_ARC, hue, 1, 2, 2);
            case NOT_READY -> pen.outline(box, SMALL_ARC, pen.colour("starting"), 1.5, 2, 2);
            case SUCCEEDED -> pen.outline(box, SMALL_ARC, pen.colour("done"), 1);
            case FAILED -> {
                pen.fill(box, SMALL_ARC, pen.colour("failed"));
                cross(box);
            }
            case TERMINATING, LOST -> {
                pen.hatch(box, SMALL_ARC);
                pen.outline(box, SMALL_ARC, pen.colour("muted"), 1);
            }
        }
    }

    private void dot(PodState pod, Box box) {
        var gc = pen.gc;
        var hue = pen.hue(pod.app().name());
        gc.setFill(
                switch (pod.look()) {
                    case READY -> hue;
                    case STARTING -> Pen.faint(hue, 0.4);
                    case NOT_READY -> pen.colour("starting");
                    case SUCCEEDED -> pen.colour("done");
                    case FAILED -> pen.colour("failed");
                    case TERMINATING, LOST -> pen.colour("line");
                });
        gc.fillRect(box.x(), box.y(), box.width(), box.height());
    }

    private void frame(String app, Look look, Box box, double arc, boolean strong) {
        var hue = pen.hue(app);
        double line = strong ? 2 : 1;
        switch (look) {
            case READY -> {
                pen.fill(box, arc, Pen.faint(hue, strong ? pen.tint() * 1.7 : pen.tint()));
                pen.outline(box, arc, hue, line);
            }
            case STARTING -> pen.outline(box, arc, hue, line, 4, 3);
            case NOT_READY -> {
                pen.fill(box, arc, Pen.faint(hue, pen.tint() / 2));
                pen.outline(box, arc, pen.colour("starting"), line, 4, 3);
            }
            case SUCCEEDED -> pen.outline(box, arc, pen.colour("done"), line);
            case FAILED -> {
                pen.fill(box, arc, pen.colour("failed-soft"));
                pen.outline(box, arc, pen.colour("failed"), line);
            }
            case TERMINATING, LOST -> {
                pen.hatch(box, arc);
                pen.outline(box, arc, pen.colour("line"), line);
            }
        }
    }

    private void title(String app, Box box, Level level, Color colour) {
        double inset = level == Level.FULL ? INSET : 5;
        double baseline = level == Level.FULL ? box.y() + 18 : box.y() + 15;
        var font = pen.tile;
        pen.text(
                pen.fit(app, box.width() - 2 * inset, font),
                box.x() + inset,
                baseline,
                font,
                colour);
    }

    private void line(String text, Box box, Color colour) {
        pen.text(
                pen.fit(text, box.width() - INSET - 5, pen.mono),
                box.x() + INSET,
                box.y() + 32,
                pen.mono,
                colour);
    }

    private void load(PodState pod, Box box) {
        if (pod.look() == Look.READY && pod.load() > 0) {
            pen.gc.setFill(pen.hue(pod.app().name()));
            pen.gc.fillRect(
                    box.x() + 1.5,
                    box.y() + box.height() - LOAD_HIGH - 1,
                    Math.max(LOAD_HIGH, (box.width() - 3) * pod.load()),
                    LOAD_HIGH);
        }
    }

    private void cross(Box box) {
        var gc = pen.gc;
        gc.setStroke(pen.colour("card"));
        gc.setLineWidth(1.5);
        double in = box.width() / 3.5;
        gc.strokeLine(
                box.x() + in,
                box.y() + in,
                box.x() + box.width() - in,
                box.y() + box.height() - in);
        gc.strokeLine(
                box.x() + box.width() - in,
                box.y() + in,
                box.x() + in,
                box.y() + box.height() - in);
    }

    private static boolean gone(Look look) {
        return look == Look.TERMINATING || look == Look.LOST;
    }
}

package dev.flotilla.ui.fleet;

import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.state.PodState.Look;
import dev.flotilla.ui.theme.Palette;

import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.Image;
import javafx.scene.paint.Color;
import javafx.scene.transform.Transform;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// Small tiles that look alike, painted once and copied from then on: outlines and text cost far
/// more than a copy when pods are many. Belongs to the FX thread.
final class Sprites {
    private static final int MOST = 2000;
    private static final int LOADS = 4;

    private final Pen pen;
    private final Map<Key, Image> images = new HashMap<>();
    private @Nullable Palette palette;
    private double scale = 1;

    Sprites(Pen pen) {
        this.pen = pen;
    }

    /// Forgets all when the look or the screen's scale has changed.
    void use(Palette now, double nowScale) {
        if (now != palette || nowScale != scale) {
            images.clear();
            palette = now;
            scale = nowScale;
        }
    }

    /// Draws the tile of `pod`; its load is drawn by the caller.
    void draw(PodState pod, Box box, Level level, boolean strong, TileWords words) {
        int load =
                level == Level.MARK && pod.look() == Look.READY
                        ? (int) Math.round(pod.load() * LOADS)
                        : 0;
        var key = new Key(pod.app().name(), pod.look(), level, strong, load);
        if (images.size() > MOST) {
            images.clear();
        }
        var image = images.computeIfAbsent(key, k -> paint(k, box, words));
        pen.gc.drawImage(image, box.x(), box.y(), box.width(), box.height());
    }

    private Image paint(Key key, Box box, TileWords words) {
        var canvas = new Canvas(box.width(), box.height());
        var own = pen.on(canvas.getGraphicsContext2D());
        new TilePainter(own, words)
                .alike(
                        key.app,
                        key.look,
                        new Box(0, 0, box.width(), box.height()),
                        key.level,
                        key.strong,
                        (double) key.load / LOADS);
        var clear = new SnapshotParameters();
        clear.setFill(Color.TRANSPARENT);
        clear.setTransform(Transform.scale(scale, scale));
        return canvas.snapshot(clear, null);
    }

    private record Key(String app, Look look, Level level, boolean strong, int load) {}
}

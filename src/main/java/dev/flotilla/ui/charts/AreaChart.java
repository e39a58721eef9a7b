package dev.flotilla.ui.charts;

import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

import org.jspecify.annotations.Nullable;

/// A line of what was, with the area below it filled. The newest point is at the right edge. Paints
/// one point a pixel at most, the highest of those that fall on it.
public final class AreaChart extends Region {
    private static final double HEADROOM = 1.15;
    private static final double LINE = 1.5;
    private static final double FAINT = 0.16;

    private final Canvas canvas = new Canvas();
    private double[] xs = new double[0];
    private double[] ys = new double[0];
    private @Nullable Series series;
    private double of;
    private Color colour = Color.GRAY;

    public AreaChart(double height) {
        getChildren().add(canvas);
        setMinHeight(height);
        setPrefHeight(height);
        setMaxHeight(height);
        setMouseTransparent(true);
    }

    /// Shows these points.
    ///
    /// @param of what the top means; 0 for a little more than the highest point
    public void show(Series series, double of, Color colour) {
        this.series = series;
        this.of = of;
        this.colour = colour;
        paint();
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            paint();
        }
    }

    private void paint() {
        var gc = canvas.getGraphicsContext2D();
        double width = canvas.getWidth();
        double height = canvas.getHeight();
        gc.clearRect(0, 0, width, height);
        var shown = series;
        if (shown == null || shown.size() < 2 || width < 2) {
            return;
        }
        int points = trace(shown, width, height - LINE);
        xs[points] = width;
        ys[points] = height;
        xs[points + 1] = xs[0];
        ys[points + 1] = height;
        gc.setFill(colour.deriveColor(0, 1, 1, FAINT));
        gc.fillPolygon(xs, ys, points + 2);
        gc.setStroke(colour);
        gc.setLineWidth(LINE);
        gc.strokePolyline(xs, ys, points);
    }

    private int trace(Series shown, double width, double height) {
        int size = shown.size();
        if (xs.length < size + 2) {
            xs = new double[size + 2];
            ys = new double[size + 2];
        }
        double top = of > 0 ? of : highest(shown) * HEADROOM;
        double step = width / (shown.capacity() - 1);
        int points = 0;
        for (int i = 0; i < size; i++) {
            double x = width - (size - 1 - i) * step;
            double share = top <= 0 ? 0 : Math.clamp(shown.at(i) / top, 0, 1);
            double y = LINE + (1 - share) * (height - LINE);
            if (points > 0 && x - xs[points - 1] < 1) {
                ys[points - 1] = Math.min(ys[points - 1], y);
                continue;
            }
            xs[points] = x;
            ys[points] = y;
            points++;
        }
        return points;
    }

    private static double highest(Series shown) {
        double highest = 0;
        for (int i = 0; i < shown.size(); i++) {
            highest = Math.max(highest, shown.at(i));
        }
        return highest;
    }
}

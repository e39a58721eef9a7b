package dev.flotilla.ui.fleet;

import dev.flotilla.ui.state.History;

import javafx.scene.paint.Color;

/// A small line of what was, with its area filled.
final class Sparkline {
    private static final int LEAST = 2;

    private final Pen pen;
    private final double[] xs = new double[History.LENGTH + 2];
    private final double[] ys = new double[History.LENGTH + 2];

    Sparkline(Pen pen) {
        this.pen = pen;
    }

    /// @param of what the top of the box means
    void cpu(History history, double of, Box box, Color colour) {
        int points = history.size();
        if (points < LEAST || of <= 0) {
            return;
        }
        double step = box.width() / (History.LENGTH - 1);
        double left = box.x() + box.width() - (points - 1) * step;
        double bottom = box.y() + box.height();
        for (int i = 0; i < points; i++) {
            xs[i] = left + i * step;
            ys[i] = bottom - Math.min(1, history.cpuMillis(i) / of) * box.height();
        }
        xs[points] = box.x() + box.width();
        ys[points] = bottom;
        xs[points + 1] = left;
        ys[points + 1] = bottom;
        pen.gc.setFill(Pen.faint(colour, 0.2));
        pen.gc.fillPolygon(xs, ys, points + 2);
        pen.gc.setStroke(colour);
        pen.gc.setLineWidth(1.5);
        pen.gc.strokePolyline(xs, ys, points);
    }
}

package dev.flotilla.ui.fleet;

import dev.flotilla.ui.theme.Palette;

import javafx.geometry.VPos;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.paint.ImagePattern;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

import java.util.LinkedHashMap;
import java.util.Map;

/// A graphics context with the look's colours and the words of drawing that every painter here
/// uses. Belongs to the FX thread.
final class Pen {
    private static final int KEPT_FITS = 4000;
    private static final double HATCH = 12;
    private static final double ALARM = 0.1;

    final GraphicsContext gc;
    final Font name = Font.font("Inter SemiBold", 14);
    final Font plain = Font.font("Inter", 11.5);
    final Font strong = Font.font("Inter SemiBold", 12);
    final Font tile = Font.font("Inter SemiBold", 11);
    final Font mono = Font.font("JetBrains Mono", 10);
    final Font address = Font.font("JetBrains Mono", 11);
    private final Text measure = new Text();
    private final Map<Fit, String> fits =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Fit, String> eldest) {
                    return size() > KEPT_FITS;
                }
            };
    private Palette palette;
    private ImagePattern hatch;
    private ImagePattern alarm;

    Pen(GraphicsContext gc, Palette palette) {
        this.gc = gc;
        this.palette = palette;
        this.hatch = hatching(palette.colour("hatch"));
        this.alarm = hatching(faint(palette.colour("failed"), ALARM));
        gc.setTextBaseline(VPos.BASELINE);
    }

    /// A pen for another canvas with the same colours.
    Pen on(GraphicsContext other) {
        return new Pen(other, palette);
    }

    Palette palette() {
        return palette;
    }

    void use(Palette now) {
        if (now != palette) {
            palette = now;
            hatch = hatching(now.colour("hatch"));
            alarm = hatching(faint(now.colour("failed"), ALARM));
        }
    }

    Color colour(String token) {
        return palette.colour(token);
    }

    Color hue(String app) {
        return palette.hue(app);
    }

    /// How strongly a tile is tinted with its app's hue.
    double tint() {
        return switch (palette.look()) {
            case DARK -> 0.2;
            case LIGHT -> 0.13;
        };
    }

    static Color faint(Color colour, double opacity) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), opacity);
    }

    void text(String text, double x, double baseline, Font font, Color colour) {
        gc.setFont(font);
        gc.setFill(colour);
        gc.fillText(text, x, baseline);
    }

    void textRight(String text, double right, double baseline, Font font, Color colour) {
        gc.setTextAlign(TextAlignment.RIGHT);
        text(text, right, baseline, font, colour);
        gc.setTextAlign(TextAlignment.LEFT);
    }

    /// The text, cut with `…` to fit into `width`.
    String fit(String text, double width, Font font) {
        return fits.computeIfAbsent(new Fit(text, (int) width, font), this::cut);
    }

    double width(String text, Font font) {
        measure.setFont(font);
        measure.setText(text);
        return measure.getLayoutBounds().getWidth();
    }

    /// A bar `share` full.
    void bar(Box box, double share, Color colour) {
        double arc = box.height();
        gc.setFill(colour("track"));
        gc.fillRoundRect(box.x(), box.y(), box.width(), box.height(), arc, arc);
        if (share > 0) {
            gc.setFill(colour);
            double full = Math.max(arc, box.width() * Math.min(1, share));
            gc.fillRoundRect(box.x(), box.y(), full, box.height(), arc, arc);
        }
    }

    void fill(Box box, double arc, Color colour) {
        gc.setFill(colour);
        gc.fillRoundRect(box.x(), box.y(), box.width(), box.height(), arc, arc);
    }

    /// Stripes: gone.
    void hatch(Box box, double arc) {
        fill(box, arc, colour("card"));
        gc.setFill(hatch);
        gc.fillRoundRect(box.x(), box.y(), box.width(), box.height(), arc, arc);
    }

    /// Red stripes: does not answer.
    void alarm(Box box, double arc) {
        gc.setFill(alarm);
        gc.fillRoundRect(box.x(), box.y(), box.width(), box.height(), arc, arc);
    }

    /// @param dashes of the line; none for a solid one
    void outline(Box box, double arc, Color colour, double line, double... dashes) {
        gc.setStroke(colour);
        gc.setLineWidth(line);
        gc.setLineDashes(dashes);
        double inset = line / 2;
        gc.strokeRoundRect(
                box.x() + inset,
                box.y() + inset,
                box.width() - line,
                box.height() - line,
                arc,
                arc);
        gc.setLineDashes();
    }

    private String cut(Fit fit) {
        if (width(fit.text(), fit.font()) <= fit.width()) {
            return fit.text();
        }
        int low = 0;
        int high = fit.text().length();
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (width(fit.text().substring(0, middle) + "…", fit.font()) <= fit.width()) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low == 0 ? "" : fit.text().substring(0, low) + "…";
    }

    private static ImagePattern hatching(Color colour) {
        var canvas = new Canvas(HATCH, HATCH);
        var gc = canvas.getGraphicsContext2D();
        gc.setStroke(colour);
        gc.setLineWidth(HATCH / 3);
        for (double shift = -HATCH; shift <= HATCH; shift += HATCH) {
            gc.strokeLine(shift - 2, -2, shift + HATCH + 2, HATCH + 2);
        }
        var clear = new SnapshotParameters();
        clear.setFill(Color.TRANSPARENT);
        return new ImagePattern(canvas.snapshot(clear, null), 0, 0, HATCH, HATCH, false);
    }

    private record Fit(String text, int width, Font font) {}
}

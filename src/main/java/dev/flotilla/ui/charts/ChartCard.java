package dev.flotilla.ui.charts;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;

/// A chart in a card, with what it shows and the newest value above it.
public final class ChartCard extends VBox {
    private static final double HEIGHT = 40;

    private final Label value = new Label();
    private final AreaChart chart = new AreaChart(HEIGHT);

    public ChartCard(String title) {
        var name = new Label(title);
        name.getStyleClass().addAll("muted", "small");
        value.getStyleClass().add("strong");
        value.setMinWidth(Region.USE_PREF_SIZE);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var head = new HBox(6, name, gap, value);
        head.setAlignment(Pos.BASELINE_LEFT);
        getChildren().addAll(head, chart);
        getStyleClass().addAll("card", "chart-card");
    }

    /// Shows these points.
    ///
    /// @param newest the last of them, in words
    /// @param of what the top means; 0 for a little more than the highest point
    public void show(String newest, Series series, double of, Color colour) {
        value.setText(newest);
        chart.show(series, of, colour);
    }
}

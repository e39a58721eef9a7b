package dev.flotilla.ui.inspector;

import dev.flotilla.model.Resources;
import dev.flotilla.ui.charts.ChartCard;
import dev.flotilla.ui.kit.Amounts;
import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.History;
import dev.flotilla.ui.theme.Palette;

import javafx.scene.layout.VBox;

/// CPU and memory, live.
final class UseCharts extends VBox {
    private static final double MIB = 1048576;

    private final ChartCard cpu;
    private final ChartCard memory;
    private final boolean share;

    /// @param share whether CPU is told as a share of what it has, where that is known
    UseCharts(Texts texts, String cpuTitle, boolean share) {
        this.share = share;
        cpu = new ChartCard(texts.get(cpuTitle));
        memory = new ChartCard(texts.get("memory"));
        getChildren().addAll(cpu, memory);
        getStyleClass().add("use-charts");
    }

    /// @param of the request, limit or capacity; zeros where there is none
    void show(History history, Resources of, Palette palette) {
        var millis = Points.cpu(history);
        var mib = Points.memory(history);
        cpu.show(cpuWords(millis.newest(), of), millis, top(of), palette.colour("ready"));
        memory.show(
                mib.size() == 0 ? "–" : Amounts.bytes((long) (mib.newest() * MIB)),
                mib,
                0,
                palette.colour("memory"));
    }

    private static double top(Resources of) {
        return of.cpuMillis();
    }

    private String cpuWords(double millis, Resources of) {
        return share && of.cpuMillis() > 0
                ? Amounts.percent(millis / of.cpuMillis())
                : Amounts.cpu(Math.round(millis));
    }
}

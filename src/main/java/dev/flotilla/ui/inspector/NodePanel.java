package dev.flotilla.ui.inspector;

import dev.flotilla.model.Resources;
import dev.flotilla.ui.kit.Amounts;
import dev.flotilla.ui.state.Intent;
import dev.flotilla.ui.state.NodeState;
import dev.flotilla.ui.theme.Palette;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// One node: how it is, what it has, what runs there.
final class NodePanel extends VBox {
    private static final int MANY = 30;

    private final InspectorViewModel model;
    private final Header header = new Header();
    private final Label trouble = new Label();
    private final Rows facts = new Rows();
    private final UseCharts charts;
    private final EventRows events = new EventRows(MANY);
    private final PodRows pods;
    private final ToggleButton podsTab;
    private final Button cordon = new Button();
    private @Nullable NodeState node;

    NodePanel(InspectorViewModel model) {
        this.model = model;
        var texts = model.texts();
        charts = new UseCharts(texts, "cpu", true);
        pods = new PodRows(model, false);
        trouble.setWrapText(true);
        trouble.getStyleClass().addAll("bad", "small");
        cordon.setId("cordon");
        cordon.getStyleClass().add("quiet");
        cordon.setOnAction(_ -> cordon());
        var overview = new VBox(new FlowPane(8, 8, cordon), trouble, facts, charts, events);
        overview.getStyleClass().add("overview");
        var tabs = new Tabs();
        tabs.tab("node-overview", texts.get("overview"), Tabs.scrolling(overview));
        podsTab = tabs.tab("node-pods", texts.get("pods", 0), pods);
        getChildren().addAll(header, tabs);
        getStyleClass().add("panel");
    }

    void show(Subject.Node subject, Palette palette) {
        var now = subject.node();
        node = now;
        var texts = model.texts();
        boolean ready = now.ready() == NodeState.Ready.READY;
        header.show(
                palette.colour(ready ? "cpu" : "failed"),
                now.name(),
                texts.get("node"),
                texts.get(ready ? (now.cordoned() ? "cordoned" : "ready") : "not-ready"),
                palette.colour(ready ? (now.cordoned() ? "starting" : "ready") : "failed"));
        var why = ready ? "" : now.message();
        trouble.setText(why);
        trouble.setVisible(!why.isEmpty());
        trouble.setManaged(!why.isEmpty());
        cordon.setText(texts.get(now.cordoned() ? "uncordon" : "cordon"));
        facts.fill()
                .row(texts.get("fact.address"), now.address())
                .row(texts.get("fact.runtime"), now.runtime())
                .row(texts.get("fact.capacity"), words(now.allocatable()))
                .row(texts.get("fact.requested"), words(now.requested()))
                .row(texts.get("fact.taints"), String.join(", ", now.taints()))
                .row(
                        texts.get("fact.age"),
                        Amounts.age(Duration.between(now.created(), model.time().instant())))
                .end();
        charts.show(model.histories().node(now.name()), now.allocatable(), palette);
        podsTab.setText(texts.get("pods", subject.pods().size()));
        pods.show(subject.pods());
        events.show(subject.events());
    }

    private static String words(Resources resources) {
        return Amounts.cpu(resources.cpuMillis())
                + " CPU, "
                + Amounts.bytes(resources.memoryBytes());
    }

    private void cordon() {
        var now = node;
        if (now != null) {
            model.perform(new Intent.Cordon(now.name(), !now.cordoned()));
        }
    }
}

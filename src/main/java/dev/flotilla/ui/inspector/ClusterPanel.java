package dev.flotilla.ui.inspector;

import dev.flotilla.model.Resources;
import dev.flotilla.ui.kit.Amounts;
import dev.flotilla.ui.state.NodeState;
import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.theme.Palette;

import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// The cluster as a whole, while nothing is selected.
final class ClusterPanel extends VBox {
    private static final int RECENT = 14;

    private final InspectorViewModel model;
    private final Header header = new Header();
    private final Rows facts = new Rows();
    private final EventRows events = new EventRows(RECENT);

    ClusterPanel(InspectorViewModel model) {
        this.model = model;
        var hint = new Label(model.texts().get("select-hint"));
        hint.getStyleClass().addAll("muted", "small");
        hint.setWrapText(true);
        var title = new Label(model.texts().get("lately"));
        title.getStyleClass().addAll("muted", "small");
        title.visibleProperty().bind(Bindings.isNotEmpty(events.getChildren()));
        var overview = new VBox(facts, hint, title, events);
        overview.getStyleClass().add("overview");
        getChildren().addAll(header, Tabs.scrolling(overview));
        getStyleClass().add("panel");
    }

    void show(Subject.Cluster subject, Palette palette) {
        var state = subject.state();
        var texts = model.texts();
        long ready = state.nodes().stream().filter(n -> n.ready() == NodeState.Ready.READY).count();
        long well = state.pods().stream().filter(p -> p.look() == PodState.Look.READY).count();
        boolean calm =
                ready == state.nodes().size()
                        && state.pods().stream().noneMatch(p -> p.look() == PodState.Look.FAILED);
        header.show(
                palette.colour("cpu"),
                texts.get("cluster"),
                "",
                state.nodes().isEmpty() ? "" : texts.get(calm ? "calm" : "look"),
                palette.colour(calm ? "ready" : "starting"));
        var has =
                state.nodes().stream()
                        .map(NodeState::allocatable)
                        .reduce(Resources.NONE, Resources::plus);
        var asked =
                state.nodes().stream()
                        .map(NodeState::requested)
                        .reduce(Resources.NONE, Resources::plus);
        facts.fill()
                .row(texts.get("fact.nodes"), ready + " / " + state.nodes().size())
                .row(texts.get("fact.pods"), well + " / " + state.pods().size())
                .row(texts.get("fact.apps"), String.valueOf(state.apps().size()))
                .row(
                        texts.get("fact.cpu"),
                        texts.get(
                                "of", Amounts.cpu(asked.cpuMillis()), Amounts.cpu(has.cpuMillis())))
                .row(
                        texts.get("fact.memory"),
                        texts.get(
                                "of",
                                Amounts.bytes(asked.memoryBytes()),
                                Amounts.bytes(has.memoryBytes())))
                .end();
        events.show(state.events());
    }
}

package dev.flotilla.ui.inspector;

import dev.flotilla.model.Resources;
import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.theme.Palette;

import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.VBox;

/// A workload: replicas, load, pods, events.
final class AppPanel extends VBox {
    private static final int RECENT = 6;
    private static final int MANY = 50;

    private final InspectorViewModel model;
    private final Header header = new Header();
    private final Label trouble = new Label();
    private final ReplicaCard replicas;
    private final UseCharts charts;
    private final EventRows recent = new EventRows(RECENT);
    private final EventRows events = new EventRows(MANY);
    private final Rows facts = new Rows();
    private final PodRows pods;
    private final ToggleButton podsTab;

    AppPanel(InspectorViewModel model) {
        this.model = model;
        var texts = model.texts();
        replicas = new ReplicaCard(model);
        charts = new UseCharts(texts, "cpu-of-request", true);
        pods = new PodRows(model, true);
        trouble.setWrapText(true);
        trouble.getStyleClass().addAll("warn", "small");
        trouble.setId("trouble");
        var overview = new VBox(trouble, replicas, charts, facts, recent);
        overview.getStyleClass().add("overview");
        var tabs = new Tabs();
        tabs.tab("overview", texts.get("overview"), Tabs.scrolling(overview));
        podsTab = tabs.tab("pods", texts.get("pods", 0), pods);
        tabs.tab("events", texts.get("events"), Tabs.scrolling(events));
        getChildren().addAll(header, tabs);
        getStyleClass().add("panel");
    }

    void show(Subject.App subject, InspectorViewModel.Room room, Palette palette) {
        var app = subject.app();
        var texts = model.texts();
        boolean well = app.available();
        var how =
                texts.get(
                        well
                                ? "available"
                                : app.ready() == 0 && app.desired() > 0
                                        ? "unavailable"
                                        : "progressing");
        header.show(
                palette.hue(app.key().name()),
                app.key().name(),
                app.kind() + " · " + app.key().namespace(),
                how,
                palette.colour(well ? "ready" : app.ready() == 0 ? "failed" : "starting"));
        var why = app.message().isEmpty() ? firstTrouble(subject) : app.message();
        trouble.setText(why);
        shown(trouble, !why.isEmpty());
        shown(replicas, app.scalable());
        replicas.show(app, room);
        charts.show(model.histories().app(app.key()), requests(subject), palette);
        facts.fill()
                .row(texts.get("fact.image"), app.image())
                .row(
                        texts.get("fact.ready"),
                        texts.get("fact.ready.value", app.ready(), app.desired(), app.updated()))
                .end();
        podsTab.setText(texts.get("pods", subject.pods().size()));
        pods.show(subject.pods());
        recent.show(subject.events());
        events.show(subject.events());
    }

    private static Resources requests(Subject.App subject) {
        return subject.pods().stream()
                .map(PodState::requests)
                .reduce(Resources.NONE, Resources::plus);
    }

    private static String firstTrouble(Subject.App subject) {
        return subject.pods().stream()
                .filter(p -> p.look() == PodState.Look.FAILED && !p.message().isEmpty())
                .map(p -> p.status() + ": " + p.message())
                .findFirst()
                .orElse("");
    }

    private static void shown(javafx.scene.Node node, boolean yes) {
        node.setVisible(yes);
        node.setManaged(yes);
    }
}

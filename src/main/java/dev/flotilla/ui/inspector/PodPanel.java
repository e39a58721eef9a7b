package dev.flotilla.ui.inspector;

import dev.flotilla.model.Resources;
import dev.flotilla.ui.kit.Amounts;
import dev.flotilla.ui.state.Intent;
import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.state.Selection;
import dev.flotilla.ui.theme.Palette;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;

/// One pod: how it is, where, and why.
final class PodPanel extends VBox {
    private static final int MANY = 30;

    private final InspectorViewModel model;
    private final Header header = new Header();
    private final Label trouble = new Label();
    private final Rows facts = new Rows();
    private final UseCharts charts;
    private final EventRows events = new EventRows(MANY);
    private @Nullable PodState pod;

    PodPanel(InspectorViewModel model) {
        this.model = model;
        var texts = model.texts();
        charts = new UseCharts(texts, "cpu", false);
        trouble.setWrapText(true);
        trouble.getStyleClass().addAll("bad", "small");
        var toApp = button("to-app", this::toApp);
        var restart = button("restart", this::restart);
        var overview = new VBox(new FlowPane(8, 8, toApp, restart), trouble, facts, charts, events);
        overview.getStyleClass().add("overview");
        getChildren().addAll(header, Tabs.scrolling(overview));
        getStyleClass().add("panel");
    }

    void show(Subject.Pod subject, Palette palette) {
        var now = subject.pod();
        pod = now;
        var texts = model.texts();
        header.show(
                palette.hue(now.app().name()),
                now.key().name(),
                "",
                now.status(),
                palette.colour(colour(now.look())));
        trouble.setText(now.message());
        trouble.setVisible(!now.message().isEmpty());
        trouble.setManaged(!now.message().isEmpty());
        facts.fill()
                .row(texts.get("fact.app"), now.appKind() + " " + now.app())
                .row(texts.get("fact.node"), Objects.requireNonNullElse(now.node(), "–"))
                .row(texts.get("fact.ip"), now.ip())
                .row(texts.get("fact.image"), now.image())
                .row(texts.get("fact.restarts"), String.valueOf(now.restarts()))
                .row(texts.get("fact.requests"), words(now.requests()))
                .row(texts.get("fact.limits"), words(now.limits()))
                .row(
                        texts.get("fact.age"),
                        Amounts.age(Duration.between(now.created(), model.time().instant())))
                .end();
        charts.show(model.histories().pod(now.key()), now.limits(), palette);
        events.show(subject.events());
    }

    /// What is not asked for is left out.
    private static String words(Resources resources) {
        var words = new ArrayList<String>();
        if (resources.cpuMillis() > 0) {
            words.add(Amounts.cpu(resources.cpuMillis()) + " CPU");
        }
        if (resources.memoryBytes() > 0) {
            words.add(Amounts.bytes(resources.memoryBytes()));
        }
        return String.join(", ", words);
    }

    private static String colour(PodState.Look look) {
        return switch (look) {
            case READY -> "ready";
            case STARTING, NOT_READY -> "starting";
            case SUCCEEDED -> "done";
            case FAILED -> "failed";
            case TERMINATING, LOST -> "unknown";
        };
    }

    private void toApp() {
        var now = pod;
        if (now != null) {
            model.select(new Selection.OfApp(now.app()));
        }
    }

    private void restart() {
        var now = pod;
        if (now != null) {
            model.perform(new Intent.RestartPod(now.key()));
        }
    }

    private Button button(String id, Runnable action) {
        var button = new Button(model.texts().get(id));
        button.setId("pod-" + id);
        button.getStyleClass().add("quiet");
        button.setOnAction(_ -> action.run());
        return button;
    }
}

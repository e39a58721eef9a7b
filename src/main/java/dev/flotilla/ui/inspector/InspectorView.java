package dev.flotilla.ui.inspector;

import dev.flotilla.ui.theme.Theme;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

/// The panel on the right: one of four, after what is selected.
public final class InspectorView {
    private final InspectorViewModel model;
    private final Theme theme;
    private final ClusterPanel cluster;
    private final AppPanel app;
    private final PodPanel pod;
    private final NodePanel node;
    @FXML private StackPane root;

    public InspectorView(InspectorViewModel model, Theme theme) {
        this.model = model;
        this.theme = theme;
        cluster = new ClusterPanel(model);
        app = new AppPanel(model);
        pod = new PodPanel(model);
        node = new NodePanel(model);
    }

    @FXML
    private void initialize() {
        model.subjectProperty().subscribe(this::update);
        model.roomProperty().subscribe(this::update);
        theme.paletteProperty().subscribe(this::update);
    }

    private void update() {
        var palette = theme.palette();
        switch (model.subjectProperty().get()) {
            case Subject.Cluster c -> {
                cluster.show(c, palette);
                turnTo(cluster);
            }
            case Subject.App a -> {
                app.show(a, model.roomProperty().get(), palette);
                turnTo(app);
            }
            case Subject.Pod p -> {
                pod.show(p, palette);
                turnTo(pod);
            }
            case Subject.Node n -> {
                node.show(n, palette);
                turnTo(node);
            }
        }
    }

    private void turnTo(Node panel) {
        if (!root.getChildren().contains(panel)) {
            root.getChildren().setAll(panel);
        }
    }
}

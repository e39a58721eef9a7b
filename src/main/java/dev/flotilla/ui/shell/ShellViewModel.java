package dev.flotilla.ui.shell;

import dev.flotilla.ui.kit.Amounts;
import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.Actions;
import dev.flotilla.ui.state.Actions.Notice;
import dev.flotilla.ui.state.FleetModel;
import dev.flotilla.ui.state.FleetState;
import dev.flotilla.ui.state.Intent;
import dev.flotilla.ui.state.Link;
import dev.flotilla.ui.state.NodeState;
import dev.flotilla.ui.state.PodState;

import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// What the frame shows: health, alerts, how fresh it is, what was just done.
public final class ShellViewModel {
    private final FleetModel model;
    private final Actions actions;
    private final InstantSource time;
    private final Texts texts = Texts.near(ShellViewModel.class);

    public ShellViewModel(FleetModel model, Actions actions, InstantSource time) {
        this.model = model;
        this.actions = actions;
        this.time = time;
    }

    FleetModel model() {
        return model;
    }

    Actions actions() {
        return actions;
    }

    ObservableValue<String> nodes() {
        return model.stateProperty()
                .map(
                        s ->
                                texts.get(
                                        "nodes",
                                        s.nodes().stream()
                                                .filter(n -> n.ready() == NodeState.Ready.READY)
                                                .count(),
                                        s.nodes().size()));
    }

    ObservableValue<String> pods() {
        return model.stateProperty()
                .map(
                        s ->
                                texts.get(
                                        "pods",
                                        s.pods().stream()
                                                .filter(p -> p.look() == PodState.Look.READY)
                                                .count(),
                                        wanted(s)));
    }

    ObservableValue<List<Alerts.Alert>> alerts() {
        return model.stateProperty().map(Alerts::of);
    }

    String text(Alerts.Alert alert) {
        return switch (alert) {
            case Alerts.Alert.OfNode(var node) -> texts.get("alert.node", node.name());
            case Alerts.Alert.OfMachine(var machine) ->
                    texts.get(
                            "alert.machine",
                            machine.name(),
                            machine.message().isEmpty() ? machine.phase() : machine.message());
            case Alerts.Alert.OfPod(var pod) ->
                    texts.get("alert.pod", pod.key().toString(), pod.status());
        };
    }

    StringProperty namespace() {
        return model.namespaceProperty();
    }

    ObservableValue<String> namespaceText() {
        return model.namespaceProperty().map(n -> n.isEmpty() ? texts.get("namespace.all") : n);
    }

    /// Why what is shown is not the present; empty when it is.
    ObservableValue<String> warning() {
        return model.linkProperty()
                .map(
                        link ->
                                switch (link) {
                                    case Link.Live() -> "";
                                    case Link.Connecting() -> "";
                                    case Link.Failed(var why) -> texts.get("failed", why);
                                    case Link.Stale(var since, var why) ->
                                            texts.get(
                                                    "stale",
                                                    Amounts.age(
                                                            Duration.between(
                                                                    since, time.instant())),
                                                    why);
                                });
    }

    String text(Notice notice) {
        return switch (notice) {
            case Notice.Done(var intent, _) -> text(intent);
            case Notice.Undone(var intent) -> texts.get("undone", text(intent));
            case Notice.Failed(var intent, var message) -> texts.get("fail", text(intent), message);
        };
    }

    Texts texts() {
        return texts;
    }

    private static int wanted(FleetState state) {
        int owned = state.apps().stream().mapToInt(a -> Math.max(a.desired(), 0)).sum();
        long bare =
                state.pods().stream()
                        .filter(p -> p.counts() && state.app(p.app()).isEmpty())
                        .count();
        return owned + (int) bare;
    }

    private String text(Intent intent) {
        return switch (intent) {
            case Intent.Move(var pod, _, var node) -> texts.get("done.Move", pod.name(), node);
            case Intent.MoveBack(var pod, _, _, _) -> texts.get("done.MoveBack", pod.name());
            case Intent.AddReplica(var app, var node) ->
                    node == null
                            ? texts.get("done.AddReplica", app.name())
                            : texts.get("done.AddReplicaOn", app.name(), node);
            case Intent.Scale(var app, var replicas) ->
                    texts.get("done.Scale", app.name(), replicas);
            case Intent.RemovePod(var pod, _, _) -> texts.get("done.RemovePod", pod.name());
            case Intent.RestartPod(var pod) -> texts.get("done.RestartPod", pod.name());
            case Intent.Cordon(var node, var cordoned) ->
                    texts.get(cordoned ? "done.Cordon" : "done.Uncordon", node);
            case Intent.Apply _ -> texts.get("done.Apply");
            case Intent.DeleteApp(var app) -> texts.get("done.DeleteApp", app.name());
            case Intent.AddMachine(var name, _, _) -> texts.get("done.AddMachine", name);
            case Intent.TrustHostKey(var name, _) -> texts.get("done.TrustHostKey", name);
            case Intent.RemoveMachine(var name) -> texts.get("done.RemoveMachine", name);
        };
    }
}

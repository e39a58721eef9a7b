package dev.flotilla.ui.state;

import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;

import java.util.Optional;

/// Writes an intent as the kubectl command that does the same.
public final class Kubectl {
    private Kubectl() {}

    /// @param state for the number of replicas there are now
    /// @return empty when no kubectl command does it
    public static Optional<String> command(Intent intent, FleetState state) {
        return switch (intent) {
            case Intent.Move(var pod, _, var node) ->
                    Optional.of(annotate("pod", pod, Marks.MOVE_TO + "=" + node));
            case Intent.MoveBack(var pod, _, _, _) ->
                    Optional.of(annotate("pod", pod, Marks.MOVE_TO + "-"));
            case Intent.AddReplica(var app, var node) -> {
                int next = state.app(app).map(AppState::desired).orElse(0) + 1;
                var place =
                        node == null
                                ? ""
                                : annotate(
                                                "deployment",
                                                app,
                                                Marks.ADD_ON + "=" + node + "@" + next)
                                        + " && ";
                yield Optional.of(place + scale(app, next));
            }
            case Intent.Scale(var app, var replicas) -> Optional.of(scale(app, replicas));
            case Intent.RemovePod(var pod, var app, _) -> {
                if (app == null) {
                    yield Optional.of(delete("pod", pod));
                }
                int next = Math.max(0, state.app(app).map(AppState::desired).orElse(1) - 1);
                yield Optional.of(
                        annotate("pod", pod, Marks.DELETION_COST + "=" + Integer.MIN_VALUE)
                                + " && "
                                + scale(app, next));
            }
            case Intent.RestartPod(var pod) -> Optional.of(delete("pod", pod));
            case Intent.Cordon(var node, var cordoned) ->
                    Optional.of("kubectl " + (cordoned ? "cordon " : "uncordon ") + node);
            case Intent.DeleteApp(var app) -> Optional.of(delete("deployment", app));
            case Intent.RemoveMachine(var name) -> Optional.of("kubectl delete machine " + name);
            case Intent.TrustHostKey(var machine, var hostKey) ->
                    Optional.of(
                            "kubectl patch machine %s --type=merge -p '{\"spec\":{\"ssh\":{\"hostKey\":\"%s\"}}}'"
                                    .formatted(machine, hostKey));
            case Intent.Apply _ -> Optional.of("kubectl apply -f -");
            case Intent.AddMachine _ -> Optional.empty();
        };
    }

    private static String scale(ObjectKey app, int replicas) {
        return "kubectl -n %s scale deployment %s --replicas=%d"
                .formatted(app.namespace(), app.name(), replicas);
    }

    private static String annotate(String kind, ObjectKey key, String note) {
        return "kubectl -n %s annotate --overwrite %s %s %s"
                .formatted(key.namespace(), kind, key.name(), note);
    }

    private static String delete(String kind, ObjectKey key) {
        return "kubectl -n %s delete %s %s".formatted(key.namespace(), kind, key.name());
    }
}

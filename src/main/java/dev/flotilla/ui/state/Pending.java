package dev.flotilla.ui.state;

import dev.flotilla.model.ObjectKey;

/// A change on its way: asked for, not yet confirmed by the cluster.
///
/// @param before the state when it was asked for
/// @param answered the API has accepted it; it is shown until the cluster has it too
public record Pending(long id, Intent intent, FleetState before, boolean answered) {
    /// Whether `now` shows what was wanted.
    boolean confirmedBy(FleetState now) {
        return answered
                && switch (intent) {
                    case Intent.Move(_, var uid, var node) ->
                            now.podByUid(uid)
                                            .map(p -> node.equals(p.movingTo()) || !p.counts())
                                            .orElse(true)
                                    || now.pods().stream().anyMatch(p -> uid.equals(p.replaces()));
                    case Intent.AddReplica(var app, _) ->
                            now.app(app).map(a -> grown(a, app)).orElse(true);
                    case Intent.Scale(var app, var replicas) ->
                            now.app(app).map(a -> a.desired() == replicas).orElse(true);
                    case Intent.RemovePod(var pod, _, _) ->
                            now.pod(pod).map(p -> !p.counts()).orElse(true);
                    case Intent.Cordon(var node, var cordoned) ->
                            now.node(node).map(n -> n.cordoned() == cordoned).orElse(true);
                    case Intent.DeleteApp(var app) -> now.app(app).isEmpty();
                    case Intent.AddMachine(var name, _, _) ->
                            now.machines().stream().anyMatch(m -> m.name().equals(name));
                    case Intent.MoveBack _,
                            Intent.RestartPod _,
                            Intent.Apply _,
                            Intent.TrustHostKey _,
                            Intent.RemoveMachine _ ->
                            true;
                };
    }

    private boolean grown(AppState now, ObjectKey app) {
        int wanted = before.app(app).map(AppState::desired).orElse(0) + 1;
        return now.desired() >= wanted && now.pods() >= wanted;
    }
}

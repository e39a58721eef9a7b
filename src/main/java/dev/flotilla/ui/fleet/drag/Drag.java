package dev.flotilla.ui.fleet.drag;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.state.FleetState;
import dev.flotilla.ui.state.Intent;
import dev.flotilla.ui.state.NodeState;
import dev.flotilla.ui.state.Placement;
import dev.flotilla.ui.state.PodState;

import java.util.Objects;
import java.util.Optional;

/// A drag under way: what is carried, where it could go, what it is over. Pure.
public record Drag(Cargo cargo, Placement placement, Target target) {
    /// What is carried.
    public sealed interface Cargo {
        record OfPod(PodState pod) implements Cargo {}

        record OfApp(ObjectKey app) implements Cargo {}

        default ObjectKey app() {
            return switch (this) {
                case OfPod(var pod) -> pod.app();
                case OfApp(var app) -> app;
            };
        }

        default Placement.Question question() {
            return switch (this) {
                case OfPod(var pod) -> new Placement.Question.OfPod(pod.key());
                case OfApp(var app) -> new Placement.Question.OfApp(app);
            };
        }
    }

    /// What the pointer is over.
    public sealed interface Target {
        record Nowhere() implements Target {}

        record OnNode(String name) implements Target {}

        /// The fleet, but no node.
        record Anywhere() implements Target {}

        record OnBin() implements Target {}
    }

    /// Why a node can't take it.
    public sealed interface Refusal {
        /// In the scheduler's words.
        record Said(String why) implements Refusal {}

        record NotReady() implements Refusal {}

        record Cordoned() implements Refusal {}

        /// Only pods of a Deployment or ReplicaSet can move.
        record NothingReplacesIt() implements Refusal {}
    }

    public static Drag of(Cargo cargo) {
        return new Drag(cargo, Placement.UNKNOWN, new Target.Nowhere());
    }

    public Drag over(Target now) {
        return new Drag(cargo, placement, now);
    }

    public Drag with(Placement answer) {
        return new Drag(cargo, answer, target);
    }

    /// Why `node` can't take it; empty if it can, and on the node it comes from.
    public Optional<Refusal> refusal(NodeState node) {
        if (cargo instanceof Cargo.OfPod(var pod)) {
            if (node.name().equals(pod.node())) {
                return Optional.empty();
            }
            if (!movable(pod)) {
                return Optional.of(new Refusal.NothingReplacesIt());
            }
        }
        if (node.ready() != NodeState.Ready.READY) {
            return Optional.of(new Refusal.NotReady());
        }
        if (node.cordoned()) {
            return Optional.of(new Refusal.Cordoned());
        }
        return placement.refusal(node.name()).map(Refusal.Said::new);
    }

    /// How well `node` would do; empty if it can't take it, or nobody knows.
    public Optional<Placement.Offer> offer(NodeState node) {
        return refusal(node).isPresent() || home(node)
                ? Optional.empty()
                : placement.offer(node.name());
    }

    /// Whether it comes from there.
    private boolean home(NodeState node) {
        return cargo instanceof Cargo.OfPod(var pod) && node.name().equals(pod.node());
    }

    /// What a drop here would do; empty if nothing.
    public Optional<Intent> drop(FleetState state) {
        return switch (target) {
            case Target.Nowhere() -> Optional.empty();
            case Target.OnNode(var name) ->
                    state.node(name).filter(n -> refusal(n).isEmpty()).flatMap(n -> onto(n.name()));
            case Target.Anywhere() ->
                    switch (cargo) {
                        case Cargo.OfApp(var app) -> Optional.of(new Intent.AddReplica(app, null));
                        case Cargo.OfPod _ -> Optional.empty();
                    };
            case Target.OnBin() ->
                    switch (cargo) {
                        case Cargo.OfPod(var pod) -> removal(pod);
                        case Cargo.OfApp _ -> Optional.empty();
                    };
        };
    }

    /// Where it would land.
    public Optional<Ghost> ghost(FleetState state) {
        return target instanceof Target.OnNode(var name) && drop(state).isPresent()
                ? Optional.of(new Ghost(cargo.app(), name))
                : Optional.empty();
    }

    /// Removing this very pod; empty for a pod that its owner would only replace.
    public static Optional<Intent> removal(PodState pod) {
        return switch (pod.appKind()) {
            case "Deployment" ->
                    Optional.of(new Intent.RemovePod(pod.key(), pod.app(), pod.node()));
            case "Pod" -> Optional.of(new Intent.RemovePod(pod.key(), null, pod.node()));
            case String _ -> Optional.empty();
        };
    }

    public static boolean movable(PodState pod) {
        return pod.appKind().equals("Deployment") || pod.appKind().equals("ReplicaSet");
    }

    private Optional<Intent> onto(String node) {
        return switch (cargo) {
            case Cargo.OfPod(var pod) ->
                    Objects.equals(pod.node(), node)
                            ? Optional.empty()
                            : Optional.of(new Intent.Move(pod.key(), pod.uid(), node));
            case Cargo.OfApp(var app) -> Optional.of(new Intent.AddReplica(app, node));
        };
    }
}

package dev.flotilla.controllers.replica;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodClaim;
import dev.flotilla.controllers.owner.PodDraft;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.controllers.owner.Restraint;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a ReplicaSet, or who passes for one, is to do about its pods, decided without touching
/// anything.
///
/// @param pods those it controls
/// @param strays those of its namespace that nobody controls
/// @param related how many pods of the same Deployment stand on each node
/// @param nodeExists whether there is a node of that name
record ReplicaPlan(
        ReplicaSet set,
        List<Pod> pods,
        List<Pod> strays,
        Map<String, Integer> related,
        Predicate<String> nodeExists,
        Instant now) {
    /// So many pods at once; the rest at the next look.
    private static final int BURST = 500;

    sealed interface Action {
        /// Make this pod, named by the API.
        record Create(Pod draft) implements Action {}

        record Remove(Pod pod) implements Action {}

        /// Become the controller of this pod.
        record Adopt(Pod pod) implements Action {}

        /// The pod's labels no longer match: let it go.
        record Release(Pod pod) implements Action {}

        /// The move can't be or is done: take the mark away.
        record StayPut(Pod pod, String why) implements Action {}

        /// The wish where to add was fulfilled or came too late.
        record ForgetAddOn() implements Action {}
    }

    List<Action> actions() {
        if (Owners.leaving(set)) {
            return List.of();
        }
        var actions = new ArrayList<Action>();
        var mine = claim(actions);
        var replicas = moves(Replica.of(withoutAbandoned(mine, actions)), actions);
        int missing = wanted() - replicas.size();
        if (missing < 0) {
            var order = new Victims(related, now).order(replicas);
            var victims = order.subList(0, -missing);
            victims.forEach(r -> r.pods().forEach(p -> actions.add(new Action.Remove(p))));
            replicas = order.subList(-missing, order.size());
        }
        replicas.forEach(r -> succeed(r, actions));
        add(replicas.size(), actions);
        return actions;
    }

    int wanted() {
        return Objects.requireNonNullElse(set.getSpec().getReplicas(), 1);
    }

    int minReadySeconds() {
        return Objects.requireNonNullElse(set.getSpec().getMinReadySeconds(), 0);
    }

    /// Takes in what matches and lets go what does not.
    ///
    /// @return the pods that are its own then
    private List<Pod> claim(List<Action> actions) {
        var claim = PodClaim.of(set, set.getSpec().getSelector(), pods, strays, _ -> true);
        claim.release().forEach(p -> actions.add(new Action.Release(p)));
        claim.adopt().forEach(p -> actions.add(new Action.Adopt(p)));
        return Stream.concat(claim.mine().stream(), claim.adopt().stream()).toList();
    }

    /// Removes successors of pods that stay after all: their move was called off.
    ///
    /// @return the other pods
    private static List<Pod> withoutAbandoned(List<Pod> pods, List<Action> actions) {
        var staying =
                pods.stream()
                        .filter(PodState::active)
                        .filter(p -> Replica.note(p, Marks.MOVE_TO).isEmpty())
                        .map(p -> p.getMetadata().getUid())
                        .collect(Collectors.toSet());
        var remaining = new ArrayList<Pod>();
        for (var pod : pods) {
            if (PodState.active(pod)
                    && Replica.note(pod, Marks.REPLACES).filter(staying::contains).isPresent()) {
                actions.add(new Action.Remove(pod));
            } else {
                remaining.add(pod);
            }
        }
        return remaining;
    }

    /// Ends the moves that are done or can't be done.
    ///
    /// @return the replicas that remain
    private List<Replica> moves(List<Replica> replicas, List<Action> actions) {
        var remaining = new ArrayList<Replica>();
        for (var replica : replicas) {
            var obstacle = replica.movesTo().map(to -> obstacle(replica, to)).orElse("");
            var successor = replica.successor();
            if (!obstacle.isEmpty()) {
                actions.add(new Action.StayPut(replica.pod(), obstacle));
                if (successor != null) {
                    actions.add(new Action.Remove(successor));
                }
                remaining.add(new Replica(replica.pod(), null));
            } else if (successor != null && PodState.available(successor, minReadySeconds(), now)) {
                actions.add(new Action.Remove(replica.pod()));
                remaining.add(new Replica(successor, null));
            } else {
                remaining.add(replica);
            }
        }
        return remaining;
    }

    /// Why the pod can't move, or empty.
    private String obstacle(Replica replica, String to) {
        if (to.equals(PodState.node(replica.pod()))) {
            return "it runs there";
        }
        if (!nodeExists.test(to)) {
            return "there is no node " + to;
        }
        var successor = replica.successor();
        return successor != null && PodState.unschedulable(successor)
                ? "node " + to + " can't take it: " + refusal(successor)
                : "";
    }

    private static String refusal(Pod pod) {
        return PodState.condition(pod, "PodScheduled")
                .map(c -> Objects.requireNonNullElse(c.getMessage(), ""))
                .orElse("");
    }

    /// Makes the successor of a pod that is to move and has none.
    private void succeed(Replica replica, List<Action> actions) {
        var to = replica.movesTo();
        if (to.isPresent() && replica.successor() == null && !isDealtWith(replica.pod(), actions)) {
            var uid = replica.pod().getMetadata().getUid();
            var marks = new HashMap<>(Map.of(Marks.PLACE_ON, to.get(), Marks.REPLACES, uid));
            Replica.note(replica.pod(), Marks.REBALANCED)
                    .ifPresent(at -> marks.put(Marks.REBALANCED, at));
            actions.add(new Action.Create(draft(marks)));
        }
    }

    private static boolean isDealtWith(Pod pod, List<Action> actions) {
        return actions.stream()
                .anyMatch(
                        action ->
                                switch (action) {
                                    case Action.Remove(var gone) -> gone.equals(pod);
                                    case Action.StayPut(var staying, _) -> staying.equals(pod);
                                    default -> false;
                                });
    }

    private void add(int present, List<Action> actions) {
        var addOn = AddOn.of(set);
        if (restraint().isPositive()) {
            return;
        }
        int last = Math.min(wanted(), present + BURST);
        for (int n = present + 1; n <= last; n++) {
            int count = n;
            actions.add(
                    new Action.Create(
                            draft(
                                    addOn.filter(a -> a.count() == count)
                                            .map(a -> Map.of(Marks.PLACE_ON, a.node()))
                                            .orElse(Map.of()))));
        }
        boolean marked = Owners.notes(set).containsKey(Marks.ADD_ON);
        if (marked && addOn.map(a -> a.count() <= present).orElse(true)) {
            actions.add(new Action.ForgetAddOn());
        }
    }

    /// When to look again though nothing changed: a pod becomes available by waiting, or one that
    /// failed may be replaced.
    Optional<Duration> again() {
        return Stream.concat(
                        Stream.of(restraint()),
                        Replica.of(pods).stream()
                                .flatMap(r -> r.untilAvailable(minReadySeconds(), now)))
                .filter(Duration::isPositive)
                .min(Duration::compareTo);
    }

    private Duration restraint() {
        return Restraint.left(pods, wanted(), now);
    }

    private Pod draft(Map<String, String> marks) {
        var pod = PodDraft.of(set, set.getSpec().getTemplate());
        return marks.isEmpty()
                ? pod
                : new PodBuilder(pod).editMetadata().addToAnnotations(marks).endMetadata().build();
    }
}

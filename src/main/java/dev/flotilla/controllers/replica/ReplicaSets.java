package dev.flotilla.controllers.replica;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.controllers.replica.ReplicaPlan.Action;
import dev.flotilla.controllers.replica.ReplicaSetStatuses.Failure;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeps as many pods as each ReplicaSet asks for, and moves those that are marked to move.
public final class ReplicaSets implements Reconciler {
    public static final String KIND = "ReplicaSet";
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final Informer<ReplicaSet> sets;
    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final InstantSource time;
    private final EventRecorder events;

    ReplicaSets(Cluster cluster, Informers informers, InstantSource time, EventRecorder events) {
        this.cluster = cluster;
        this.sets = Owners.index(informers.of(ReplicaSet.class));
        this.pods = Owners.index(informers.of(Pod.class));
        this.nodes = informers.of(Node.class);
        this.time = time;
        this.events = events;
    }

    public static Loop loop(
            Cluster cluster, Informers informers, InstantSource time, EventRecorder events) {
        var reconciler = new ReplicaSets(cluster, informers, time, events);
        var loop = new Loop("replicasets", reconciler, informers, time);
        reconciler.sets.listen(change -> loop.mark(ObjectKey.of(change.object())));
        reconciler.pods.listen(change -> reconciler.concerned(change.object()).forEach(loop::mark));
        reconciler.nodes.listen(
                change -> {
                    if (change instanceof Change.Deleted<Node>(_, var node)) {
                        reconciler.movingTo(ObjectKey.of(node).name()).forEach(loop::mark);
                    }
                });
        return loop;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = sets.get(key);
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var set = found.get();
        var plan =
                new ReplicaPlan(
                        set,
                        Owners.ownedBy(set, pods),
                        Owners.strays(key.namespace(), pods),
                        related(set),
                        name -> nodes.get(ObjectKey.of(name)).isPresent(),
                        time.instant());
        var actions = plan.actions();
        var failure = Optional.<Failure>empty();
        boolean conflict = false;
        for (var action : actions) {
            switch (act(set, action)) {
                case Written.Done<?> _ -> {}
                case Written.Conflict<?> _ -> conflict = true;
                case Written.Refused<?>(_, var message) ->
                        failure = Optional.of(refused(set, action, message));
            }
            if (conflict || failure.isPresent()) {
                break;
            }
        }
        conflict |= !updateStatus(plan, failure);
        return next(plan, conflict, failure.isPresent());
    }

    private Outcome next(ReplicaPlan plan, boolean conflict, boolean refused) {
        if (refused) {
            return Outcome.again(AFTER_REFUSAL);
        }
        if (conflict) {
            return Outcome.again(Duration.ZERO);
        }
        return Replica.of(plan.pods()).stream()
                .flatMap(r -> r.untilAvailable(plan.minReadySeconds(), plan.now()))
                .min(Duration::compareTo)
                .map(Outcome::again)
                .orElse(Outcome.SETTLED);
    }

    private Written<?> act(ReplicaSet set, Action action) {
        return switch (action) {
            case Action.Create(var draft) -> created(set, cluster.create(draft));
            case Action.Remove(var pod) ->
                    deleted(set, pod, cluster.delete(pod, Deletion.GRACEFUL));
            case Action.Adopt(var pod) ->
                    cluster.update(
                            pod,
                            new PodBuilder(pod)
                                    .editMetadata()
                                    .addToOwnerReferences(Owners.controlledBy(set))
                                    .endMetadata()
                                    .build());
            case Action.Release(var pod) ->
                    cluster.update(
                            pod,
                            new PodBuilder(pod)
                                    .editMetadata()
                                    .removeMatchingFromOwnerReferences(
                                            o -> uid(set).equals(o.getUid()))
                                    .endMetadata()
                                    .build());
            case Action.StayPut(var pod, var why) -> {
                events.normal(pod, "MoveEnded", "Stays on its node: " + why);
                yield cluster.update(
                        pod,
                        new PodBuilder(pod)
                                .editMetadata()
                                .removeFromAnnotations(Marks.MOVE_TO)
                                .endMetadata()
                                .build());
            }
            case Action.ForgetAddOn _ ->
                    cluster.update(
                            set,
                            new ReplicaSetBuilder(set)
                                    .editMetadata()
                                    .removeFromAnnotations(Marks.ADD_ON)
                                    .endMetadata()
                                    .build());
        };
    }

    private Written<Pod> created(ReplicaSet set, Written<Pod> written) {
        if (written instanceof Written.Done<Pod>(var pod)) {
            events.normal(set, "SuccessfulCreate", "Created pod: " + ObjectKey.of(pod).name());
        }
        return written;
    }

    private Written<Pod> deleted(ReplicaSet set, Pod pod, Written<Pod> written) {
        if (written.done()) {
            events.normal(set, "SuccessfulDelete", "Deleted pod: " + ObjectKey.of(pod).name());
        }
        return written;
    }

    private Failure refused(ReplicaSet set, Action action, String message) {
        var reason = action instanceof Action.Create ? "FailedCreate" : "FailedDelete";
        events.warning(set, reason, message);
        return new Failure(reason, message);
    }

    /// @return false when the set has changed meanwhile
    private boolean updateStatus(ReplicaPlan plan, Optional<Failure> failure) {
        var set = plan.set();
        var status = ReplicaSetStatuses.of(set, Replica.of(plan.pods()), failure, plan.now());
        if (status.equals(set.getStatus())) {
            return true;
        }
        var after = new ReplicaSetBuilder(set).withStatus(status).build();
        return !(cluster.updateStatus(set, after) instanceof Written.Conflict);
    }

    /// The active pods on each node, of this set and of its sisters under the same Deployment.
    private Map<String, Integer> related(ReplicaSet set) {
        var counts = new HashMap<String, Integer>();
        sisters(set)
                .flatMap(s -> Owners.ownedBy(s, pods).stream())
                .filter(PodState::active)
                .flatMap(p -> Optional.ofNullable(PodState.node(p)).stream())
                .forEach(node -> counts.merge(node, 1, Integer::sum));
        return counts;
    }

    private Stream<ReplicaSet> sisters(ReplicaSet set) {
        return Owners.controller(set)
                .map(owner -> Owners.ownedByUid(owner.getUid(), sets).stream())
                .orElse(Stream.of(set));
    }

    /// The sets that a pod belongs to, or that may want it.
    private List<ObjectKey> concerned(Pod pod) {
        return Owners.concerned(pod, KIND, sets, o -> o.getSpec().getSelector());
    }

    private Stream<ObjectKey> movingTo(String node) {
        return pods.all().stream()
                .filter(p -> node.equals(Owners.notes(p).get(Marks.MOVE_TO)))
                .flatMap(p -> Owners.controller(p, KIND).stream());
    }

    private static String uid(ReplicaSet set) {
        return set.getMetadata().getUid();
    }
}

package dev.flotilla.controllers.replica;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeps as many pods as each object of a kind asks for, and moves those that are marked to move.
final class Replicas<T extends HasMetadata> implements Reconciler {
    private final Guise<T> guise;
    private final Informer<T> owners;
    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final InstantSource time;
    private final Hands hands;

    private Replicas(Guise<T> guise, Informers informers, InstantSource time, Hands hands) {
        this.guise = guise;
        this.owners = Owners.index(informers.of(guise.type()));
        this.pods = Owners.index(informers.of(Pod.class));
        this.nodes = informers.of(Node.class);
        this.time = time;
        this.hands = hands;
    }

    static <T extends HasMetadata> Loop loop(
            String name, Guise<T> guise, Informers informers, InstantSource time, Hands hands) {
        var reconciler = new Replicas<>(guise, informers, time, hands);
        var loop = Loop.resting(name, reconciler, informers, time);
        reconciler.owners.listen(change -> loop.mark(ObjectKey.of(change.object())));
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
        var found = owners.get(key);
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var owner = found.get();
        var set = guise.read().apply(owner);
        var plan =
                new ReplicaPlan(
                        set,
                        Owners.ownedBy(set, pods),
                        Owners.strays(key.namespace(), pods),
                        related(owner),
                        name -> nodes.get(ObjectKey.of(name)).isPresent(),
                        time.instant());
        var ending = hands.act(owner, guise, plan.actions());
        var status =
                ReplicaSetStatuses.of(set, Replica.of(plan.pods()), ending.failure(), plan.now());
        boolean told =
                status.equals(set.getStatus())
                        || hands.tell(owner, guise.told().apply(owner, status));
        if (ending.failure().isPresent()) {
            return Outcome.REFUSED;
        }
        return told && !ending.conflict()
                ? plan.again().map(Outcome::again).orElse(Outcome.SETTLED)
                : Outcome.again(Duration.ZERO);
    }

    /// The active pods on each node, of this owner and of its sisters under the same Deployment.
    private Map<String, Integer> related(T owner) {
        var counts = new HashMap<String, Integer>();
        sisters(owner)
                .flatMap(s -> Owners.ownedBy(s, pods).stream())
                .filter(PodState::active)
                .flatMap(p -> Optional.ofNullable(PodState.node(p)).stream())
                .forEach(node -> counts.merge(node, 1, Integer::sum));
        return counts;
    }

    private Stream<T> sisters(T owner) {
        return Owners.controller(owner)
                .map(o -> Owners.ownedByUid(o.getUid(), owners).stream())
                .orElse(Stream.of(owner));
    }

    /// Those that a pod belongs to, or that may want it.
    private List<ObjectKey> concerned(Pod pod) {
        return Owners.concerned(
                pod, guise.kind(), owners, o -> guise.read().apply(o).getSpec().getSelector());
    }

    private Stream<ObjectKey> movingTo(String node) {
        return pods.all().stream()
                .filter(p -> node.equals(Owners.notes(p).get(Marks.MOVE_TO)))
                .flatMap(p -> Owners.controller(p, guise.kind()).stream());
    }
}

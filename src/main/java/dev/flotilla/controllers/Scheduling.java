package dev.flotilla.controllers;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Informers;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.ClusterView;
import dev.flotilla.schedule.Placement;
import dev.flotilla.schedule.PodView;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The scheduler's picture of the cluster, shared by all who place or ask.
///
/// A pod that was just given a node counts there at once, before its binding comes back as a
/// change.
final class Scheduling {
    /// Guards `view` and `assumed`.
    private final ReentrantLock picture = new ReentrantLock();

    private final ClusterView view = new ClusterView();

    /// Uids of pods that were placed here and whose binding was not yet seen.
    private final Map<ObjectKey, String> assumed = new HashMap<>();

    private final Runnable betterChances;

    /// @param betterChances called when a pod that found no place may find one now
    private Scheduling(Runnable betterChances) {
        this.betterChances = betterChances;
    }

    static Scheduling follow(Informers informers, Runnable betterChances) {
        var scheduling = new Scheduling(betterChances);
        informers.of(Node.class).listen(scheduling::node);
        informers.of(Pod.class).listen(scheduling::pod);
        return scheduling;
    }

    /// Finds a node for the pod and counts it there; see [#forget].
    Placement place(Pod pod) {
        var wanted = PodView.of(pod);
        picture.lock();
        try {
            var placement = view.place(wanted);
            if (placement instanceof Placement.On(var node)) {
                view.put(wanted, node, false);
                assumed.put(wanted.key(), pod.getMetadata().getUid());
            }
            return placement;
        } finally {
            picture.unlock();
        }
    }

    /// The pod could not be bound after all.
    void forget(Pod pod) {
        var key = ObjectKey.of(pod);
        picture.lock();
        try {
            if (assumed.remove(key, pod.getMetadata().getUid())) {
                view.remove(key);
            }
        } finally {
            picture.unlock();
        }
    }

    /// Asks the picture as it is now.
    <R> R ask(Function<ClusterView, R> question) {
        ClusterView copy;
        picture.lock();
        try {
            copy = view.copy();
        } finally {
            picture.unlock();
        }
        return question.apply(copy);
    }

    /// The names of the nodes that could take the pod if it were moved.
    public Set<String> takers(Pod pod) {
        return ask(
                view ->
                        view.explain(PodView.of(pod).anywhere()).entrySet().stream()
                                .filter(e -> e.getValue().isEmpty())
                                .map(Map.Entry::getKey)
                                .collect(Collectors.toSet()));
    }

    private void node(Change<Node> change) {
        boolean better = false;
        picture.lock();
        try {
            switch (change) {
                case Change.Put<Node>(_, var node) -> better = view.put(node);
                case Change.Deleted<Node>(_, var node) -> {
                    view.removeNode(node.getMetadata().getName());
                    better = true;
                }
            }
        } finally {
            picture.unlock();
        }
        if (better) {
            betterChances.run();
        }
    }

    private void pod(Change<Pod> change) {
        boolean freed;
        picture.lock();
        try {
            freed =
                    switch (change) {
                        case Change.Put<Pod>(_, var pod) -> seen(pod);
                        case Change.Deleted<Pod>(_, var pod) -> gone(ObjectKey.of(pod));
                    };
        } finally {
            picture.unlock();
        }
        if (freed) {
            betterChances.run();
        }
    }

    /// @return whether it takes no room any more
    private boolean seen(Pod pod) {
        var key = ObjectKey.of(pod);
        var node = PodState.node(pod);
        if (node == null) {
            return !pod.getMetadata().getUid().equals(assumed.get(key)) && gone(key);
        }
        assumed.remove(key);
        if (PodState.over(pod)) {
            return view.remove(key);
        }
        view.put(PodView.of(pod), node, leaving(pod, node));
        return false;
    }

    private boolean gone(ObjectKey key) {
        assumed.remove(key);
        return view.remove(key);
    }

    private static boolean leaving(Pod pod, String node) {
        var target = Owners.notes(pod).get(Marks.MOVE_TO);
        return Owners.leaving(pod) || (target != null && !target.equals(node));
    }
}

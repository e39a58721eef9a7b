package dev.flotilla.controllers.scheduler;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Informers;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.Marks;
import dev.flotilla.model.NodeUse;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.ClusterView;
import dev.flotilla.schedule.Hints;
import dev.flotilla.schedule.News;
import dev.flotilla.schedule.Placement;
import dev.flotilla.schedule.StandingPod;
import dev.flotilla.schedule.facts.PodView;
import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.preempt.Budget;
import dev.flotilla.schedule.preempt.Preemption;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The scheduler's picture of the cluster, shared by all who place or ask.
///
/// A pod that was just given a node counts there at once, before its binding comes back as a
/// change.
public final class Scheduling {
    /// Guards `view`, `assumed` and `shapes`.
    private final ReentrantLock picture = new ReentrantLock();

    private final ClusterView view = new ClusterView();

    /// Uids of pods that were placed here and whose binding was not yet seen.
    private final Map<ObjectKey, String> assumed = new HashMap<>();

    private final Consumer<News> news;

    /// @param news told of what may help a pod that found no place; with no lock held
    Scheduling(Consumer<News> news) {
        this.news = news;
    }

    /// From now on the picture is kept.
    void follow(Informers informers) {
        new StorageFacts(this::change).follow(informers);
        informers.of(Node.class).listen(this::node);
        informers.of(Pod.class).listen(this::pod);
    }

    /// Finds a node for the pod and counts it there; see [#forget].
    Placement place(PodView wanted, String uid) {
        picture.lock();
        try {
            if (assumed.remove(wanted.key()) != null) {
                view.remove(wanted.key());
            }
            var placement = view.place(wanted);
            if (placement instanceof Placement.On(var node)) {
                view.release(wanted.key());
                view.put(wanted, node, false);
                assumed.put(wanted.key(), uid);
            }
            return placement;
        } finally {
            picture.unlock();
        }
    }

    /// The volumes that people made which the pod's claims would get on that node, by claim.
    Map<ObjectKey, String> volumes(PodView pod, String node) {
        picture.lock();
        try {
            return view.volumes(pod.shape(), node);
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

    /// Who would have to go for the pod, which found no place.
    Preemption.Outcome preempt(PodView pod, List<Budget> budgets) {
        ClusterView copy;
        picture.lock();
        try {
            if (!view.anyBelow(pod.shape().priority())) {
                return Preemption.plan(view, pod, budgets);
            }
            copy = view.copy();
        } finally {
            picture.unlock();
        }
        return Preemption.plan(copy, pod, budgets);
    }

    /// Keeps room for the pod where others go for it.
    ///
    /// @return the pods of a lower priority for which some was kept there until now
    List<ObjectKey> nominate(PodView pod, String node) {
        picture.lock();
        try {
            var outdone = view.releaseBelow(pod.shape().priority(), node);
            view.reserve(pod, node);
            return outdone;
        } finally {
            picture.unlock();
        }
    }

    /// Whether pods of lower priority are still on their way off that node.
    boolean clears(PodView pod, String node) {
        picture.lock();
        try {
            return view.below(pod.shape().priority()).getOrDefault(node, List.of()).stream()
                    .anyMatch(StandingPod::leaving);
        } finally {
            picture.unlock();
        }
    }

    /// Whether news helps pods that failed alike.
    boolean helps(Alike alike, News what) {
        if (alike.nominated() != null
                && what instanceof News.PodWent(Shape _, var node)
                && node.equals(alike.nominated())) {
            return true;
        }
        picture.lock();
        try {
            return Hints.help(view, alike.shape(), alike.plugins(), what);
        } finally {
            picture.unlock();
        }
    }

    /// Takes in how much nodes are seen to use.
    void use(Collection<NodeUse> uses) {
        picture.lock();
        try {
            uses.forEach(u -> view.use(u.node(), u.cpuMillis(), u.memoryBytes()));
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
        var wanted = PodView.of(pod).anywhere();
        picture.lock();
        try {
            return view.explain(wanted).entrySet().stream()
                    .filter(e -> e.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        } finally {
            picture.unlock();
        }
    }

    private void change(Function<ClusterView, @Nullable News> take) {
        News what;
        picture.lock();
        try {
            what = take.apply(view);
        } finally {
            picture.unlock();
        }
        if (what != null) {
            news.accept(what);
        }
    }

    private void node(Change<Node> change) {
        var name = change.object().getMetadata().getName();
        change(
                picture ->
                        switch (change) {
                            case Change.Put<Node>(_, var node) ->
                                    picture.put(node) ? new News.NodeChanged(name) : null;
                            case Change.Deleted<Node> _ -> {
                                picture.removeNode(name);
                                yield new News.NodeChanged(name);
                            }
                        });
    }

    private void pod(Change<Pod> change) {
        change(
                _ ->
                        switch (change) {
                            case Change.Put<Pod>(_, var pod) -> seen(pod);
                            case Change.Deleted<Pod>(_, var pod) -> gone(ObjectKey.of(pod));
                        });
    }

    private @Nullable News seen(Pod pod) {
        var key = ObjectKey.of(pod);
        var node = PodState.node(pod);
        if (node == null) {
            return unbound(pod, key);
        }
        view.release(key);
        boolean expected = assumed.remove(key) != null;
        if (PodState.over(pod)) {
            return gone(key);
        }
        var before = view.standing(key);
        var seen = PodView.of(pod);
        boolean leaving = leaving(pod, node);
        view.put(seen, node, leaving);
        if (before == null || expected) {
            return new News.PodCame(seen.shape(), node);
        }
        return leaving && !before.leaving() ? new News.PodWent(seen.shape(), node) : null;
    }

    /// A pod for which others go keeps its room, over a restart, too.
    private @Nullable News unbound(Pod pod, ObjectKey key) {
        if (pod.getMetadata().getUid().equals(assumed.get(key))) {
            return null;
        }
        var what = gone(key);
        var nominated = pod.getStatus() == null ? null : pod.getStatus().getNominatedNodeName();
        if (nominated != null && !nominated.isEmpty() && PodState.active(pod)) {
            view.reserve(PodView.of(pod), nominated);
        }
        return what;
    }

    private @Nullable News gone(ObjectKey key) {
        assumed.remove(key);
        view.release(key);
        var before = view.standing(key);
        view.remove(key);
        return before == null ? null : new News.PodWent(before.pod().shape(), before.node());
    }

    private static boolean leaving(Pod pod, String node) {
        var target = Owners.notes(pod).get(Marks.MOVE_TO);
        return Owners.leaving(pod) || (target != null && !target.equals(node));
    }
}

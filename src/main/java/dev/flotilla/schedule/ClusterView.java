package dev.flotilla.schedule;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.facts.Domains;
import dev.flotilla.schedule.facts.NodeFacts;
import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.PodView;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.facts.Storage;
import dev.flotilla.schedule.facts.Surroundings;
import dev.flotilla.schedule.filter.Volumes;
import dev.flotilla.schedule.score.Weight;

import io.fabric8.kubernetes.api.model.Node;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Nodes and what runs on them, kept change by change. Every change may be told twice.
///
/// Not safe for threads by itself. A [#copy] is independent: the way to ask "what if".
public final class ClusterView implements Surroundings {
    private final NodeTable nodes;
    private final Standing standing;
    private final Storage storage;
    private final Map<String, Map<String, String>> namespaces;
    private final Journal journal = new Journal();
    private final Answers answers;
    private int spaces;

    public ClusterView() {
        nodes = new NodeTable();
        standing = new Standing();
        storage = new Storage();
        namespaces = new HashMap<>();
        answers = new Answers(this, nodes, standing);
    }

    private ClusterView(ClusterView other) {
        nodes = other.nodes.copy();
        standing = other.standing.copy();
        storage = other.storage.copy();
        namespaces = new HashMap<>(other.namespaces);
        answers = new Answers(this, nodes, standing);
    }

    public ClusterView copy() {
        return new ClusterView(this);
    }

    /// @return whether anything changed that matters for placing pods
    public boolean put(Node node) {
        int place = nodes.place(node.getMetadata().getName());
        var before = nodes.at(place);
        var facts = NodeFacts.of(node);
        if (facts.equals(before.facts())) {
            return false;
        }
        set(place, before.with(facts));
        return true;
    }

    /// Takes the node away; pods that are bound to it stay known.
    public void removeNode(String name) {
        nodes.find(name).ifPresent(place -> set(place, nodes.at(place).with(null)));
    }

    /// Says how much a node is seen to use.
    public void use(String name, long cpuMillis, long memoryBytes) {
        var place = nodes.find(name);
        var node = place.isEmpty() ? null : nodes.at(place.getAsInt());
        if (node == null || node.facts() == null) {
            return;
        }
        var seen = node.using(cpuMillis, memoryBytes);
        if (node.load() != seen.load()) {
            set(place.getAsInt(), seen);
        }
    }

    /// Says that the pod takes room on a node.
    ///
    /// @param leaving whether it is about to go, so that it no more counts as one of its owner's
    public void put(PodView pod, String node, boolean leaving) {
        var bound = new Bound(pod, nodes.place(node), leaving);
        if (!bound.equals(standing.pod(pod.key()))) {
            remove(pod.key());
            standing.add(bound);
            count(bound, 1);
        }
    }

    /// Says that the pod takes no room any more.
    ///
    /// @return whether it did
    public boolean remove(ObjectKey pod) {
        var bound = standing.remove(pod);
        if (bound == null) {
            return false;
        }
        count(bound, -1);
        return true;
    }

    /// Keeps room on a node for a pod for which others go; pods of a lower priority can't take it.
    public void reserve(PodView pod, String node) {
        release(pod.key());
        var bound = new Bound(pod, nodes.place(node), true);
        standing.reserve(bound);
        count(bound, 1);
    }

    /// Keeps no room for the pod any more.
    ///
    /// @return whether any was kept
    public boolean release(ObjectKey pod) {
        var bound = standing.release(pod);
        if (bound != null) {
            count(bound, -1);
        }
        return bound != null;
    }

    /// Keeps no room on that node any more for pods of a lower priority.
    ///
    /// @return for whom some was kept
    public List<ObjectKey> releaseBelow(int priority, String node) {
        var kept = standing.reservedBelow(priority, nodes.place(node));
        var pods = kept.stream().map(b -> b.pod().key()).toList();
        pods.forEach(this::release);
        return pods;
    }

    /// Says what labels a namespace has.
    ///
    /// @return whether that changed
    public boolean put(String namespace, Map<String, String> labels) {
        boolean changed = !labels.equals(namespaces.put(namespace, Map.copyOf(labels)));
        spaces += changed ? 1 : 0;
        return changed;
    }

    public void removeNamespace(String name) {
        spaces += namespaces.remove(name) == null ? 0 : 1;
    }

    /// Claims, volumes and classes of storage, to be told of changes.
    public Storage storage() {
        return storage;
    }

    /// The best node for the pod: of those that pass every filter the one with the fewest pods of
    /// its owner, then the one with the highest score, then the first by name. A node on which room
    /// was made for it goes first.
    public Placement place(PodView pod) {
        return answers.place(pod);
    }

    /// Every node's answer, by name; empty for a node that can take the pod.
    public SortedMap<String, List<Refusal>> explain(PodView pod) {
        return answers.explain(pod);
    }

    /// The answer of one node, which must exist.
    public List<Refusal> explain(PodView pod, String node) {
        return answers.explain(pod, node);
    }

    /// Whether that node can take the pod; false when there is none.
    public boolean admits(PodView pod, String node) {
        return answers.admits(pod, node);
    }

    /// Whether any pod has a priority below this.
    public boolean anyBelow(int priority) {
        return standing.anyBelow(priority);
    }

    /// The pod as it stands on its node; null when it does on none.
    public @Nullable StandingPod standing(ObjectKey pod) {
        var bound = standing.pod(pod);
        return bound == null ? null : told(bound);
    }

    /// The pods on nodes that exist whose priority is below this, by node, in no order.
    public Map<String, List<StandingPod>> below(int priority) {
        var below = new HashMap<String, List<StandingPod>>();
        standing.pods().stream()
                .filter(b -> b.pod().shape().priority() < priority)
                .filter(b -> nodes.at(b.place()).facts() != null)
                .forEach(
                        b ->
                                below.computeIfAbsent(
                                                nodes.at(b.place()).name(), _ -> new ArrayList<>())
                                        .add(told(b)));
        return below;
    }

    private StandingPod told(Bound bound) {
        return new StandingPod(bound.pod(), nodes.at(bound.place()).name(), bound.leaving());
    }

    /// What each score gives each node that will do, 0 to 100, by name.
    public SortedMap<String, Map<Weight, Double>> scores(PodView pod) {
        return answers.scores(pod);
    }

    /// The nodes that will do, in the order in which the scheduler would choose them.
    public List<String> ranked(PodView pod) {
        return answers.ranked(pod);
    }

    /// Whether the node passes all filters that need no look beyond it; false when there is none.
    public boolean admitsLocally(Shape pod, String node) {
        return answers.admitsLocally(pod, node);
    }

    /// The volumes that people made which the pod's claims would get on that node, by claim.
    public Map<ObjectKey, String> volumes(Shape pod, String node) {
        var place = nodes.find(node);
        return place.isEmpty() || pod.claims().isEmpty()
                ? Map.of()
                : new Volumes(pod, storage, this::mounts).chosen(nodes.at(place.getAsInt()));
    }

    /// The names of all nodes, sorted.
    public List<String> nodes() {
        return nodes.all().map(NodeView::name).toList();
    }

    /// Whether the node exists, is ready, and is not cordoned.
    public boolean open(String node) {
        var place = nodes.find(node);
        var facts = place.isEmpty() ? null : nodes.at(place.getAsInt()).facts();
        return facts != null && facts.open();
    }

    /// How many more pods like this one would find a place, at most `limit`.
    public int roomFor(PodView pod, int limit) {
        var what = copy();
        for (int n = 0; n < limit; n++) {
            if (!(what.place(pod) instanceof Placement.On(var node))) {
                return n;
            }
            var key = new ObjectKey(pod.key().namespace(), pod.key().name() + "/" + n);
            what.put(PodView.of(key, pod.shape()), node, false);
        }
        return limit;
    }

    @Override
    public int places() {
        return nodes.size();
    }

    @Override
    public NodeView node(int place) {
        return nodes.at(place);
    }

    @Override
    public Domains domains(String topologyKey) {
        return nodes.domains(topologyKey);
    }

    @Override
    public Map<String, String> namespace(String name) {
        return namespaces.getOrDefault(name, Map.of());
    }

    @Override
    public void tellPods(Counter counter) {
        standing.all().forEach(b -> counter.count(b.pod().shape(), b.place(), b.leaving(), 1));
    }

    @Override
    public void tellCaring(Counter counter) {
        standing.caring().forEach(b -> counter.count(b.pod().shape(), b.place(), b.leaving(), 1));
    }

    boolean anyCares() {
        return !standing.caring().isEmpty();
    }

    /// Whether a pod that stands on a node mounts the claim.
    boolean mounts(ObjectKey claim) {
        return standing.mounts(claim);
    }

    Journal journal() {
        return journal;
    }

    /// Grows whenever all that was derived from nodes' labels or namespaces is out of date.
    int epoch() {
        return nodes.epoch() + spaces;
    }

    /// Whether the name of the first place comes before that of the second.
    boolean before(int a, int b) {
        return nodes.rank(a) < nodes.rank(b);
    }

    private void set(int place, NodeView view) {
        nodes.set(place, view);
        journal.node(place);
    }

    private void count(Bound bound, int sign) {
        var node = nodes.at(bound.place());
        var shape = bound.pod().shape();
        nodes.set(bound.place(), sign > 0 ? node.plus(shape) : node.minus(shape));
        journal.pod(bound.place(), shape, sign, bound.leaving());
    }

    /// A pod and the place of the node it stands on.
    record Bound(PodView pod, int place, boolean leaving) {}
}

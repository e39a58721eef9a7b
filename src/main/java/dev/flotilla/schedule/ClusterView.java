package dev.flotilla.schedule;

import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Node;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Nodes and what runs on them, kept change by change. Every change may be told twice.
///
/// Not safe for threads by itself. A [#copy] is cheap and independent: the way to ask "what if".
public final class ClusterView {
    private static final int[] NONE = {};

    /// Node name to its place in `nodes`; a place is never given to another name.
    private final Map<String, Integer> places;

    private NodeView[] nodes;

    /// For each owner, how many of its pods stand on the node of each place.
    private final Map<String, int[]> spread;

    private final Map<ObjectKey, Bound> pods;

    public ClusterView() {
        places = new HashMap<>();
        nodes = new NodeView[0];
        spread = new HashMap<>();
        pods = new HashMap<>();
    }

    private ClusterView(ClusterView other) {
        places = new HashMap<>(other.places);
        nodes = other.nodes.clone();
        spread = new HashMap<>();
        other.spread.forEach((owner, counts) -> spread.put(owner, counts.clone()));
        pods = new HashMap<>(other.pods);
    }

    public ClusterView copy() {
        return new ClusterView(this);
    }

    /// @return whether anything changed that matters for placing pods
    public boolean put(Node node) {
        int place = place(node.getMetadata().getName());
        var facts = NodeView.Facts.of(node);
        boolean changed = !facts.equals(nodes[place].facts());
        nodes[place] = nodes[place].with(facts);
        return changed;
    }

    /// Takes the node away; pods that are bound to it stay known.
    public void removeNode(String name) {
        var place = places.get(name);
        if (place != null) {
            nodes[place] = nodes[place].with(null);
        }
    }

    /// Says that the pod takes room on a node.
    ///
    /// @param leaving whether it is about to go, so that it no more counts as one of its owner's
    public void put(PodView pod, String node, boolean leaving) {
        var bound = new Bound(pod, place(node), leaving);
        if (!bound.equals(pods.get(pod.key()))) {
            remove(pod.key());
            pods.put(pod.key(), bound);
            count(bound, 1);
        }
    }

    /// Says that the pod takes no room any more.
    ///
    /// @return whether it did
    public boolean remove(ObjectKey pod) {
        var bound = pods.remove(pod);
        if (bound == null) {
            return false;
        }
        count(bound, -1);
        return true;
    }

    /// The best node for the pod: of those that pass every filter the one with the fewest pods of
    /// its owner, then the one with the most room left, then the one with the fewest pods, then the
    /// first by name.
    public Placement place(PodView pod) {
        var wish = settled(pod);
        if (wish.placeOn() != null) {
            var only = places.get(wish.placeOn());
            return only != null && admits(wish, nodes[only])
                    ? new Placement.On(wish.placeOn())
                    : nowhere(wish);
        }
        var best = best(wish);
        return best == null ? nowhere(wish) : new Placement.On(best.name());
    }

    /// Every node's answer, by name; empty for a node that can take the pod.
    public SortedMap<String, List<Refusal>> explain(PodView pod) {
        var wish = settled(pod);
        var answers = new TreeMap<String, List<Refusal>>();
        for (var node : nodes) {
            var facts = node.facts();
            if (facts != null) {
                answers.put(node.name(), refusals(wish, facts, node));
            }
        }
        return answers;
    }

    /// The names of all nodes, sorted.
    public List<String> nodes() {
        return Arrays.stream(nodes)
                .filter(n -> n.facts() != null)
                .map(NodeView::name)
                .sorted()
                .toList();
    }

    /// Whether the node exists, is ready, and is not cordoned.
    public boolean open(String node) {
        return facts(node).map(NodeView.Facts::open).orElse(false);
    }

    /// How many more pods like this one would find a place, at most `limit`.
    public int roomFor(PodView pod, int limit) {
        var what = copy();
        for (int n = 0; n < limit; n++) {
            if (!(what.place(pod) instanceof Placement.On(var node))) {
                return n;
            }
            what.count(new Bound(pod, what.place(node), false), 1);
        }
        return limit;
    }

    /// Filters are asked only of a node that would be the best so far, which is a handful.
    private @Nullable NodeView best(PodView pod) {
        var here = spread.getOrDefault(pod.owner(), NONE);
        NodeView best = null;
        int bestReplicas = 0;
        double bestLoad = 0;
        for (int i = 0; i < nodes.length; i++) {
            var node = nodes[i];
            var facts = node.facts();
            if (facts == null) {
                continue;
            }
            int replicas = i < here.length ? here[i] : 0;
            if (best != null && replicas > bestReplicas) {
                continue;
            }
            double load = load(pod, facts, node);
            if ((best == null
                            || replicas < bestReplicas
                            || load < bestLoad
                            || (load == bestLoad && before(node, best)))
                    && admits(pod, node)) {
                best = node;
                bestReplicas = replicas;
                bestLoad = load;
            }
        }
        return best;
    }

    /// How much of the node would be requested, CPU and memory alike: 0 nothing, 2 all.
    private static double load(PodView pod, NodeView.Facts facts, NodeView node) {
        return (node.usedCpuMillis() + pod.cpuMillis()) / (double) Math.max(1, facts.cpuMillis())
                + (node.usedMemoryBytes() + pod.memoryBytes())
                        / (double) Math.max(1, facts.memoryBytes());
    }

    private static boolean before(NodeView a, NodeView b) {
        return a.pods() != b.pods() ? a.pods() < b.pods() : a.name().compareTo(b.name()) < 0;
    }

    private static boolean admits(PodView pod, NodeView node) {
        var facts = node.facts();
        if (facts == null) {
            return false;
        }
        for (var filter : Filters.ALL) {
            if (!filter.admits(pod, facts, node)) {
                return false;
            }
        }
        return true;
    }

    private static List<Refusal> refusals(PodView pod, NodeView.Facts facts, NodeView node) {
        if (pod.placeOn() != null && !pod.placeOn().equals(node.name())) {
            return List.of(
                    new Refusal(
                            "node(s) weren't the node the pod is to be placed on",
                            "to be placed on " + pod.placeOn()));
        }
        return Filters.ALL.stream()
                .filter(f -> !f.admits(pod, facts, node))
                .findFirst()
                .map(f -> f.refusals(pod, facts, node))
                .orElse(List.of());
    }

    private Placement nowhere(PodView pod) {
        var reasons = new TreeMap<String, Integer>();
        var answers = explain(pod);
        answers.values()
                .forEach(all -> all.forEach(r -> reasons.merge(r.reason(), 1, Integer::sum)));
        return new Placement.Nowhere(answers.size(), reasons);
    }

    /// A pod is placed on a node as long as that node takes pods at all.
    private PodView settled(PodView pod) {
        return pod.placeOn() == null || pod.nowhereElse() || open(pod.placeOn())
                ? pod
                : pod.placed(null, false);
    }

    private Optional<NodeView.Facts> facts(String node) {
        var place = places.get(node);
        return place == null ? Optional.empty() : Optional.ofNullable(nodes[place].facts());
    }

    private int place(String node) {
        var known = places.get(node);
        if (known != null) {
            return known;
        }
        int next = nodes.length;
        nodes = Arrays.copyOf(nodes, next + 1);
        nodes[next] = NodeView.empty(node);
        places.put(node, next);
        return next;
    }

    private void count(Bound bound, int sign) {
        int place = bound.place();
        nodes[place] = sign > 0 ? nodes[place].plus(bound.pod()) : nodes[place].minus(bound.pod());
        if (!bound.leaving() && !bound.pod().owner().isEmpty()) {
            var counts =
                    spread.compute(
                            bound.pod().owner(),
                            (_, known) -> reaching(known == null ? NONE : known, place));
            counts[place] += sign;
            if (sign < 0 && Arrays.stream(counts).allMatch(n -> n == 0)) {
                spread.remove(bound.pod().owner());
            }
        }
    }

    private static int[] reaching(int[] counts, int place) {
        return place < counts.length ? counts : Arrays.copyOf(counts, place + 1);
    }

    private record Bound(PodView pod, int place, boolean leaving) {}
}

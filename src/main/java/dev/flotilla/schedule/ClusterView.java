package dev.flotilla.schedule;

import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Node;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Nodes and what runs on them, kept change by change. Every change may be told twice.
///
/// Not safe for threads by itself. A [#copy] is cheap and independent: the way to ask "what if".
public final class ClusterView {
    private static final int[] NONE = {};

    private final NodeTable nodes;

    /// For each owner, how many of its pods stand on the node of each place.
    private final Map<String, int[]> spread;

    private final Map<ObjectKey, Bound> pods;

    public ClusterView() {
        nodes = new NodeTable();
        spread = new HashMap<>();
        pods = new HashMap<>();
    }

    private ClusterView(ClusterView other) {
        nodes = other.nodes.copy();
        spread = new HashMap<>();
        other.spread.forEach((owner, counts) -> spread.put(owner, counts.clone()));
        pods = new HashMap<>(other.pods);
    }

    public ClusterView copy() {
        return new ClusterView(this);
    }

    /// @return whether anything changed that matters for placing pods
    public boolean put(Node node) {
        int place = nodes.place(node.getMetadata().getName());
        var before = nodes.at(place);
        var facts = NodeView.Facts.of(node);
        if (facts.equals(before.facts())) {
            return false;
        }
        nodes.set(place, before.with(facts));
        return true;
    }

    /// Takes the node away; pods that are bound to it stay known.
    public void removeNode(String name) {
        nodes.find(name).ifPresent(place -> nodes.set(place, nodes.at(place).with(null)));
    }

    /// Says that the pod takes room on a node.
    ///
    /// @param leaving whether it is about to go, so that it no more counts as one of its owner's
    public void put(PodView pod, String node, boolean leaving) {
        var bound = new Bound(pod, nodes.place(node), leaving);
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
        var best =
                wish.placeOn() == null
                        ? nodes.best(spread.getOrDefault(pod.owner(), NONE), n -> admits(wish, n))
                        : only(wish, wish.placeOn());
        return best == null ? nowhere(wish) : new Placement.On(best.name());
    }

    /// Every node's answer, by name; empty for a node that can take the pod.
    public SortedMap<String, List<Refusal>> explain(PodView pod) {
        var wish = settled(pod);
        var answers = new TreeMap<String, List<Refusal>>();
        nodes.all().forEach(node -> answers.put(node.name(), refusals(wish, node)));
        return answers;
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
            what.count(new Bound(pod, what.nodes.place(node), false), 1);
        }
        return limit;
    }

    private @Nullable NodeView only(PodView pod, String name) {
        var place = nodes.find(name);
        var node = place.isEmpty() ? null : nodes.at(place.getAsInt());
        return node != null && admits(pod, node) ? node : null;
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

    private static List<Refusal> refusals(PodView pod, NodeView node) {
        var facts = node.facts();
        if (facts == null) {
            throw new IllegalArgumentException("there is no node " + node.name());
        }
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

    private void count(Bound bound, int sign) {
        int place = bound.place();
        var node = nodes.at(place);
        nodes.set(place, sign > 0 ? node.plus(bound.pod()) : node.minus(bound.pod()));
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

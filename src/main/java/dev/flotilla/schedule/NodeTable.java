package dev.flotilla.schedule;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Nodes in numbered places, and what ranks them in columns of plain numbers: finding the best of
/// thousands for each pod touches little memory.
final class NodeTable {
    /// A place is never given to another name.
    private final Map<String, Integer> places;

    private NodeView[] views;

    /// How much of each node is requested, CPU and memory alike: 0 nothing, 2 all; infinite when
    /// there is no such node.
    private double[] loads;

    private int[] pods;

    /// The order of the names.
    private int[] ranks;

    NodeTable() {
        places = new HashMap<>();
        views = new NodeView[0];
        loads = new double[0];
        pods = new int[0];
        ranks = new int[0];
    }

    private NodeTable(NodeTable other) {
        places = new HashMap<>(other.places);
        views = other.views.clone();
        loads = other.loads.clone();
        pods = other.pods.clone();
        ranks = other.ranks.clone();
    }

    NodeTable copy() {
        return new NodeTable(this);
    }

    /// The place of a node that may not have been heard of.
    OptionalInt find(String name) {
        var place = places.get(name);
        return place == null ? OptionalInt.empty() : OptionalInt.of(place);
    }

    /// The place of a node, made if need be.
    int place(String name) {
        var known = places.get(name);
        return known != null ? known : append(name);
    }

    NodeView at(int place) {
        return views[place];
    }

    void set(int place, NodeView view) {
        views[place] = view;
        loads[place] = load(view);
        pods[place] = view.pods();
    }

    /// The nodes that exist, by name.
    Stream<NodeView> all() {
        return Arrays.stream(views)
                .filter(v -> v.facts() != null)
                .sorted(Comparator.comparing(NodeView::name));
    }

    /// Of the nodes that pass, the one with the fewest replicas, then with the least load, then
    /// with the fewest pods, then the first by name. Only a node that would be the best so far is
    /// asked whether it passes, and that is a handful.
    ///
    /// @param replicas how many there are at each place, none beyond its end
    @Nullable NodeView best(int[] replicas, Predicate<NodeView> passes) {
        int best = -1;
        int fewest = 0;
        for (int i = 0; i < loads.length; i++) {
            int here = i < replicas.length ? replicas[i] : 0;
            if (loads[i] != Double.POSITIVE_INFINITY
                    && (best < 0 || here < fewest || (here == fewest && before(i, best)))
                    && passes.test(views[i])) {
                best = i;
                fewest = here;
            }
        }
        return best < 0 ? null : views[best];
    }

    private boolean before(int a, int b) {
        if (loads[a] != loads[b]) {
            return loads[a] < loads[b];
        }
        return pods[a] != pods[b] ? pods[a] < pods[b] : ranks[a] < ranks[b];
    }

    private int append(String name) {
        int place = views.length;
        views = Arrays.copyOf(views, place + 1);
        loads = Arrays.copyOf(loads, place + 1);
        pods = Arrays.copyOf(pods, place + 1);
        places.put(name, place);
        set(place, NodeView.empty(name));
        rank(name);
        return place;
    }

    private void rank(String name) {
        int place = ranks.length;
        ranks = Arrays.copyOf(ranks, place + 1);
        for (int i = 0; i < place; i++) {
            if (views[i].name().compareTo(name) < 0) {
                ranks[place]++;
            } else {
                ranks[i]++;
            }
        }
    }

    private static double load(NodeView view) {
        var facts = view.facts();
        return facts == null
                ? Double.POSITIVE_INFINITY
                : view.usedCpuMillis() / (double) Math.max(1, facts.cpuMillis())
                        + view.usedMemoryBytes() / (double) Math.max(1, facts.memoryBytes());
    }
}

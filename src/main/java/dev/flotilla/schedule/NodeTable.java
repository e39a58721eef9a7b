package dev.flotilla.schedule;

import dev.flotilla.schedule.facts.Domains;
import dev.flotilla.schedule.facts.NodeView;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Nodes in numbered places. A place is never given to another name.
final class NodeTable {
    private final Map<String, Integer> places;
    private final Map<String, Domains> domains = new HashMap<>();
    private NodeView[] views;

    /// The order of the names.
    private int[] ranks;

    /// Grows whenever a node comes, goes, or is labeled or tainted otherwise.
    private int epoch;

    NodeTable() {
        places = new HashMap<>();
        views = new NodeView[0];
        ranks = new int[0];
    }

    private NodeTable(NodeTable other) {
        places = new HashMap<>(other.places);
        views = other.views.clone();
        ranks = other.ranks.clone();
    }

    NodeTable copy() {
        return new NodeTable(this);
    }

    int size() {
        return views.length;
    }

    int epoch() {
        return epoch;
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

    /// Smaller for a name that comes first.
    int rank(int place) {
        return ranks[place];
    }

    void set(int place, NodeView view) {
        var before = views[place].facts();
        var after = view.facts();
        views[place] = view;
        boolean same =
                before == null
                        ? after == null
                        : after != null
                                && before.labels().equals(after.labels())
                                && before.taints().equals(after.taints());
        if (!same) {
            changed();
        }
    }

    /// The nodes that exist, by name.
    Stream<NodeView> all() {
        return Arrays.stream(views)
                .filter(v -> v.facts() != null)
                .sorted(Comparator.comparing(NodeView::name));
    }

    Domains domains(String topologyKey) {
        return domains.computeIfAbsent(topologyKey, this::divided);
    }

    private Domains divided(String key) {
        var numbers = new HashMap<String, Integer>();
        var of = new int[views.length];
        for (int i = 0; i < of.length; i++) {
            var facts = views[i].facts();
            var value = facts == null ? null : facts.labels().get(key);
            of[i] = value == null ? -1 : numbers.computeIfAbsent(value, _ -> numbers.size());
        }
        return new Domains(of, numbers.size());
    }

    private void changed() {
        epoch++;
        domains.clear();
    }

    private int append(String name) {
        int place = views.length;
        views = Arrays.copyOf(views, place + 1);
        views[place] = NodeView.empty(name);
        places.put(name, place);
        rank(name);
        changed();
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
}

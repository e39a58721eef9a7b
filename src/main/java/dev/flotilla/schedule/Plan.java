package dev.flotilla.schedule;

import dev.flotilla.schedule.facts.NodeFacts;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.filter.LocalFilters;
import dev.flotilla.schedule.score.LocalScores;
import dev.flotilla.schedule.score.Weight;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What is known of every node for pods of one shape, kept change by change in columns of plain
/// numbers: to place one more such pod, only nodes that changed since the last are looked at anew,
/// and the best is found in one pass over the columns.
final class Plan implements Journal.Reader {
    private final Shape pod;
    private final ClusterView view;
    private final Around around;
    private final @Nullable Set<String> names;

    /// The facts of each node that `good` and `fixed` were made from.
    private @Nullable NodeFacts[] seen = new @Nullable NodeFacts[0];

    private boolean[] good = new boolean[0];
    private double[] fixed = new double[0];

    /// Whether the node passes every rule that needs no look beyond it.
    private boolean[] open = new boolean[0];

    private double[] score = new double[0];

    /// As they were when scores were last added up.
    private double[] totals = new double[0];

    private boolean[] passing = new boolean[0];
    private long cursor;
    private int epoch = -1;

    Plan(Shape pod, ClusterView view) {
        this.pod = pod;
        this.view = view;
        this.around = new Around(pod, view);
        this.names = pod.choice().names();
    }

    /// The place of the best node: of those that pass every filter the one with the fewest pods of
    /// the same owner, then with the highest score, then the first by name; -1 when none passes.
    ///
    /// @param replicas how many pods of the owner there are at each place, none beyond its end
    int best(int[] replicas) {
        sync();
        if (around.refusesAll()) {
            return -1;
        }
        if (around.ranks()) {
            rank(replicas);
            return best(replicas, totals, passing, false);
        }
        return best(replicas, score, open, around.refuses());
    }

    /// @param ask whether a node must still be asked if it passes what looks beyond it; only one
    ///   that would be the best so far is, and that is a handful
    private int best(int[] replicas, double[] points, boolean[] among, boolean ask) {
        boolean first = around.spreadsFirst();
        int best = -1;
        int fewest = 0;
        double top = 0;
        for (int i = 0; i < among.length; i++) {
            if (!among[i]) {
                continue;
            }
            int here = first && i < replicas.length ? replicas[i] : 0;
            if ((best < 0
                            || here < fewest
                            || (here == fewest
                                    && (points[i] > top || ties(i, best, points[i], top))))
                    && (!ask || around.admits(i))) {
                best = i;
                fewest = here;
                top = points[i];
            }
        }
        return best;
    }

    /// How many pods of the owner count before any score there; 0 where they are a score among
    /// others.
    int ahead(int[] replicas, int place) {
        return around.spreadsFirst() ? here(replicas, place) : 0;
    }

    boolean admits(int place) {
        sync();
        return open[place] && around.admits(place);
    }

    /// Why not; empty if it will do. The node must exist.
    List<Refusal> refusals(int place) {
        sync();
        var node = view.node(place);
        var everywhere = around.everywhere();
        if (everywhere != null) {
            return List.of(everywhere);
        }
        if (names != null && !names.contains(node.name())) {
            return List.of(
                    new Refusal(
                            "NodeAffinity",
                            "node(s) didn't satisfy plugin(s) [NodeAffinity]",
                            "is meant for " + String.join(" or ", names),
                            true));
        }
        var own = LocalFilters.refusals(pod, node);
        return own.isEmpty() ? around.refusals(place) : own;
    }

    /// The word that holds of all nodes alike; null for none.
    @Nullable String everywhere() {
        sync();
        var refusal = around.everywhere();
        return refusal == null ? null : refusal.reason();
    }

    /// Each score of every node that will do, by place; the others have none.
    Map<Integer, Map<Weight, Double>> scores(int[] replicas) {
        sync();
        var scores = new TreeMap<Integer, Map<Weight, Double>>();
        seePassing();
        for (int i = 0; i < open.length; i++) {
            if (passing[i]) {
                var mine = new EnumMap<Weight, Double>(Weight.class);
                scores.put(i, mine);
                LocalScores.tell(pod, view.node(i), mine::put);
                around.tell(i, here(replicas, i), mine::put);
            }
        }
        return scores;
    }

    @Override
    public void changed(int place, @Nullable Shape other, int sign, boolean leaving) {
        refresh(place);
        if (other != null) {
            around.count(other, place, leaving, sign);
        }
    }

    private boolean ties(int a, int b, double points, double top) {
        return points == top && view.before(a, b);
    }

    private void rank(int[] replicas) {
        seePassing();
        for (int i = 0; i < open.length; i++) {
            if (passing[i]) {
                totals[i] = score[i] + around.points(i, here(replicas, i));
            }
        }
    }

    private void seePassing() {
        around.beginSeeing();
        for (int i = 0; i < open.length; i++) {
            passing[i] = open[i] && around.admits(i);
            if (passing[i]) {
                around.see(i);
            }
        }
    }

    private static int here(int[] replicas, int place) {
        return place < replicas.length ? replicas[place] : 0;
    }

    private void sync() {
        var journal = view.journal();
        if (epoch != view.epoch() || !journal.since(cursor) || around.lacks()) {
            rebuild();
        } else {
            for (long i = cursor; i < journal.head(); i++) {
                journal.tell(i, this);
            }
        }
        cursor = journal.head();
        around.refresh();
    }

    private void rebuild() {
        int places = view.places();
        seen = Arrays.copyOf(seen, places);
        good = Arrays.copyOf(good, places);
        fixed = Arrays.copyOf(fixed, places);
        open = Arrays.copyOf(open, places);
        score = Arrays.copyOf(score, places);
        totals = new double[places];
        passing = new boolean[places];
        for (int i = 0; i < places; i++) {
            refresh(i);
        }
        around.rebuild();
        epoch = view.epoch();
    }

    private void refresh(int place) {
        var node = view.node(place);
        var facts = node.facts();
        if (facts == null) {
            seen[place] = null;
            open[place] = false;
            return;
        }
        if (!facts.equals(seen[place])) {
            seen[place] = facts;
            good[place] = LocalFilters.admitsEmpty(pod, node);
            fixed[place] = good[place] ? LocalScores.fixed(pod, node) : 0;
        }
        open[place] = good[place] && LocalFilters.leavesRoom(pod, node);
        score[place] = open[place] ? fixed[place] + LocalScores.byUse(pod, node) : 0;
    }
}

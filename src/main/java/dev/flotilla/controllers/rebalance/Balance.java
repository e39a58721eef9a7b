package dev.flotilla.controllers.rebalance;

import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.Pod;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/// Which pod should go where, if any.
///
/// First an app that lies unevenly: from the node with most of its pods to one with at least two
/// fewer. Then a node that has joined: from a node with at least three pods more, of an app that
/// has more pods there. The first makes apps even and the second never makes one less so, and each
/// brings two nodes nearer to each other; so no row of moves leads back to where it began.
///
/// @param takers the nodes that a pod could be placed on now
/// @param movable whether a pod may move at all
record Balance(
        Set<String> targets,
        Set<String> joined,
        Map<String, Integer> crowds,
        Function<Pod, Set<String>> takers,
        Predicate<Pod> movable) {
    private static final int APP_GAP = 2;
    private static final int NODE_GAP = 3;

    /// How uneven an app is over the nodes that may be moved to and those it is on.
    int skew(App app) {
        var counts = app.counts();
        int most = counts.values().stream().max(Integer::compare).orElse(0);
        int least = targets.stream().mapToInt(n -> counts.getOrDefault(n, 0)).min().orElse(most);
        return most - least;
    }

    /// @param apps those that may move
    Optional<Move> move(List<App> apps) {
        var uneven =
                apps.stream()
                        .filter(a -> skew(a) >= APP_GAP)
                        .sorted(
                                Comparator.comparingInt(this::skew)
                                        .reversed()
                                        .thenComparing(App::name))
                        .toList();
        for (var app : uneven) {
            var move = even(app);
            if (move.isPresent()) {
                return move;
            }
        }
        return joined.isEmpty() ? Optional.empty() : fill(apps);
    }

    private Optional<Move> even(App app) {
        var counts = app.counts();
        return from(
                app,
                (node, taker) ->
                        counts.getOrDefault(node, 0) - counts.getOrDefault(taker, 0) >= APP_GAP,
                targets,
                counts,
                "it lies unevenly over the nodes: " + new TreeMap<>(counts));
    }

    private Optional<Move> fill(List<App> apps) {
        for (var app : apps.stream().sorted(Comparator.comparing(App::name)).toList()) {
            var counts = app.counts();
            var move =
                    from(
                            app,
                            (node, taker) ->
                                    counts.getOrDefault(node, 0) > counts.getOrDefault(taker, 0)
                                            && crowd(node) - crowd(taker) >= NODE_GAP,
                            joined,
                            crowds,
                            "the other node has joined and has fewer pods");
            if (move.isPresent()) {
                return move;
            }
        }
        return Optional.empty();
    }

    private interface Gap {
        boolean wide(String from, String to);
    }

    /// @param load by which the fullest node gives and the emptiest takes
    private Optional<Move> from(
            App app, Gap gap, Set<String> among, Map<String, Integer> load, String why) {
        var byLoad =
                Comparator.<String>comparingInt(n -> load.getOrDefault(n, 0))
                        .thenComparingInt(this::crowd)
                        .thenComparing(Comparator.naturalOrder());
        var sources = app.counts().keySet().stream().sorted(byLoad.reversed()).toList();
        var possible = among.stream().sorted(byLoad).toList();
        for (var source : sources) {
            if (possible.stream().noneMatch(t -> gap.wide(source, t))) {
                continue;
            }
            for (var pod : app.pods()) {
                if (!source.equals(PodState.node(pod)) || !movable.test(pod)) {
                    continue;
                }
                var willing = takers.apply(pod);
                var target =
                        possible.stream()
                                .filter(t -> gap.wide(source, t) && willing.contains(t))
                                .findFirst();
                if (target.isPresent()) {
                    return Optional.of(new Move(app.name(), pod, source, target.get(), why));
                }
                break;
            }
        }
        return Optional.empty();
    }

    private int crowd(String node) {
        return crowds.getOrDefault(node, 0);
    }

    /// How many pods are on each node, of these apps.
    static Map<String, Integer> crowds(List<App> apps) {
        var crowds = new HashMap<String, Integer>();
        apps.forEach(a -> a.counts().forEach((node, n) -> crowds.merge(node, n, Integer::sum)));
        return Collections.unmodifiableMap(crowds);
    }
}

package dev.flotilla.schedule;

import dev.flotilla.schedule.facts.Near.Term;
import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.filter.NearFilter;
import dev.flotilla.schedule.filter.SpreadFilter;

import java.util.Set;
import java.util.stream.Stream;

/// Whether news can help a pod that was refused: a pod is not tried again for what can't.
///
/// | refused by | helped by |
/// |---|---|
/// | a rule on the node alone | a change of a node that passes all those rules now |
/// | resources, ports | a pod that went from a node that passes all rules on the node now |
/// | topology spread | a pod it counts that came or went, any change of a node |
/// | affinity between pods | a pod that one of the terms means, on either side; a node, a namespace |
/// | volumes | any change of claims, volumes, classes; a pod that mounted the same claim |
public final class Hints {
    private static final Set<String> VOLUMES =
            Set.of("VolumeBinding", "VolumeRestrictions", "VolumeZone");

    private Hints() {}

    /// @param plugins the filters that refused
    public static boolean help(ClusterView view, Shape pod, Set<String> plugins, News news) {
        return switch (news) {
            case News.NodeChanged(var node) ->
                    plugins.isEmpty()
                            || looksAround(plugins)
                            || plugins.contains("PlaceOn")
                            || view.admitsLocally(pod, node);
            case News.PodCame(var other, _) -> looksAround(plugins) && concerns(view, pod, other);
            case News.PodWent(var other, var node) ->
                    view.admitsLocally(pod, node)
                            || (looksAround(plugins) && concerns(view, pod, other))
                            || sharesClaim(pod, other);
            case News.StorageChanged() -> plugins.stream().anyMatch(VOLUMES::contains);
            case News.NamespaceChanged() -> plugins.contains(NearFilter.PLUGIN);
        };
    }

    private static boolean looksAround(Set<String> plugins) {
        return plugins.contains(SpreadFilter.PLUGIN) || plugins.contains(NearFilter.PLUGIN);
    }

    private static boolean concerns(ClusterView view, Shape pod, Shape other) {
        boolean counted =
                pod.namespace().equals(other.namespace())
                        && pod.spread().stream().anyMatch(r -> r.counts(other.labels()));
        return counted
                || Stream.concat(pod.near().must().stream(), pod.near().mustNot().stream())
                        .anyMatch(t -> is(view, t, other))
                || other.near().mustNot().stream().anyMatch(t -> is(view, t, pod));
    }

    private static boolean is(ClusterView view, Term term, Shape pod) {
        return term.pods().has(pod.namespace(), pod.labels(), view::namespace);
    }

    private static boolean sharesClaim(Shape pod, Shape other) {
        return pod.namespace().equals(other.namespace())
                && pod.claims().stream().anyMatch(other.claims()::contains);
    }
}

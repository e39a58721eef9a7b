package dev.flotilla.schedule.facts;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Beside which other pods a pod wants to be, and beside which not.
///
/// @param must required affinity
/// @param mustNot required anti-affinity
/// @param likes preferred affinity, and with negative weights preferred anti-affinity
public record Near(List<Term> must, List<Term> mustNot, List<Liking> likes) {
    public static final Near NOBODY = new Near(List.of(), List.of(), List.of());

    /// Pods in the same domain.
    ///
    /// @param topologyKey nodes with the same value of this label are one domain
    public record Term(PodGroup pods, String topologyKey) {}

    /// @param weight -100 to 100
    public record Liking(Term term, int weight) {}

    public boolean isEmpty() {
        return must.isEmpty() && mustNot.isEmpty() && likes.isEmpty();
    }

    static Near of(@Nullable Affinity affinity, String namespace, Map<String, String> labels) {
        if (affinity == null) {
            return NOBODY;
        }
        var must = new ArrayList<Term>();
        var mustNot = new ArrayList<Term>();
        var likes = new ArrayList<Liking>();
        var near = affinity.getPodAffinity();
        if (near != null) {
            for (var t : near.getRequiredDuringSchedulingIgnoredDuringExecution()) {
                must.add(term(t, namespace, labels));
            }
            for (var w : near.getPreferredDuringSchedulingIgnoredDuringExecution()) {
                likes.add(liking(w, 1, namespace, labels));
            }
        }
        var away = affinity.getPodAntiAffinity();
        if (away != null) {
            for (var t : away.getRequiredDuringSchedulingIgnoredDuringExecution()) {
                mustNot.add(term(t, namespace, labels));
            }
            for (var w : away.getPreferredDuringSchedulingIgnoredDuringExecution()) {
                likes.add(liking(w, -1, namespace, labels));
            }
        }
        return must.isEmpty() && mustNot.isEmpty() && likes.isEmpty()
                ? NOBODY
                : new Near(List.copyOf(must), List.copyOf(mustNot), List.copyOf(likes));
    }

    private static Liking liking(
            WeightedPodAffinityTerm weighted,
            int sign,
            String namespace,
            Map<String, String> labels) {
        int weight = Objects.requireNonNullElse(weighted.getWeight(), 1);
        return new Liking(term(weighted.getPodAffinityTerm(), namespace, labels), sign * weight);
    }

    /// With neither names nor a selector of namespaces: the pod's own. An empty selector of
    /// namespaces selects all of them, none selects none.
    private static Term term(PodAffinityTerm term, String namespace, Map<String, String> labels) {
        var names = Objects.requireNonNullElse(term.getNamespaces(), List.<String>of());
        var among = Labels.of(term.getNamespaceSelector());
        var pods = Labels.of(term.getLabelSelector());
        if (pods != null) {
            pods =
                    pods.and(term.getMatchLabelKeys(), "In", labels)
                            .and(term.getMismatchLabelKeys(), "NotIn", labels);
        }
        var namespaces = names.isEmpty() && among == null ? Set.of(namespace) : Set.copyOf(names);
        return new Term(new PodGroup(namespaces, among, pods), term.getTopologyKey());
    }
}

package dev.flotilla.schedule.facts;

import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The nodes a pod may run on by their labels: its node selector, and its required node affinity;
/// and those it would rather run on.
///
/// @param selector every label must be there
/// @param terms one of them must match, if there are any
/// @param required whether there is a required node affinity; without terms it matches nothing
/// @param preferred the more of them match the better
public record NodeChoice(
        Map<String, String> selector,
        List<NodeSelectorTerm> terms,
        boolean required,
        List<PreferredSchedulingTerm> preferred) {
    private static final String NAME = "metadata.name";

    static final NodeChoice ANY = new NodeChoice(Map.of(), List.of(), false, List.of());

    public static NodeChoice of(PodSpec spec) {
        Map<String, String> selector =
                Objects.requireNonNullElse(spec.getNodeSelector(), Map.<String, String>of());
        var affinity = spec.getAffinity() == null ? null : spec.getAffinity().getNodeAffinity();
        if (affinity == null) {
            return selector.isEmpty() ? ANY : new NodeChoice(selector, List.of(), false, List.of());
        }
        var required = affinity.getRequiredDuringSchedulingIgnoredDuringExecution();
        return new NodeChoice(
                selector,
                required == null ? List.of() : List.copyOf(required.getNodeSelectorTerms()),
                required != null,
                List.copyOf(affinity.getPreferredDuringSchedulingIgnoredDuringExecution()));
    }

    public boolean admits(String node, Map<String, String> labels) {
        return (selector.isEmpty() || labels.entrySet().containsAll(selector.entrySet()))
                && (!required || matchesOne(terms, node, labels));
    }

    /// The only nodes it can admit, when every term names nodes; null when any may be admitted.
    public @Nullable Set<String> names() {
        if (terms.isEmpty()) {
            return null;
        }
        var names = new TreeSet<String>();
        for (var term : terms) {
            var named =
                    term.getMatchFields().stream()
                            .filter(f -> f.getKey().equals(NAME) && f.getOperator().equals("In"))
                            .findFirst();
            if (named.isEmpty()) {
                return null;
            }
            names.addAll(named.get().getValues());
        }
        return names;
    }

    /// Whether one of the terms matches; none does when there are none.
    static boolean matchesOne(
            List<NodeSelectorTerm> terms, String node, Map<String, String> labels) {
        for (var term : terms) {
            if (matches(term, node, labels)) {
                return true;
            }
        }
        return false;
    }

    /// What a node would need, for a person.
    @Override
    public String toString() {
        var words = new ArrayList<String>();
        selector.forEach((k, v) -> words.add(k + "=" + v));
        if (!terms.isEmpty()) {
            words.add(terms.stream().map(NodeChoice::words).collect(Collectors.joining(" or ")));
        }
        return String.join(" and ", words);
    }

    /// A term with no requirement matches nothing, as in Kubernetes.
    public static boolean matches(NodeSelectorTerm term, String node, Map<String, String> labels) {
        if (term.getMatchExpressions().isEmpty() && term.getMatchFields().isEmpty()) {
            return false;
        }
        return term.getMatchExpressions().stream().allMatch(r -> holds(r, labels))
                && term.getMatchFields().stream().allMatch(r -> holds(r, Map.of(NAME, node)));
    }

    private static boolean holds(NodeSelectorRequirement rule, Map<String, String> labels) {
        var value = labels.get(rule.getKey());
        return switch (rule.getOperator()) {
            case "In" -> value != null && rule.getValues().contains(value);
            case "NotIn" -> value == null || !rule.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> value != null && compare(value, rule) > 0;
            case "Lt" -> value != null && compare(value, rule) < 0;
            default -> false;
        };
    }

    /// @return 0, so neither greater nor less, when one of them is no whole number
    private static int compare(String value, NodeSelectorRequirement rule) {
        try {
            return Long.compare(Long.parseLong(value), Long.parseLong(rule.getValues().getFirst()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String words(NodeSelectorTerm term) {
        return Stream.concat(term.getMatchExpressions().stream(), term.getMatchFields().stream())
                .map(
                        r ->
                                r.getKey()
                                        + " "
                                        + r.getOperator()
                                        + (r.getValues().isEmpty() ? "" : " " + r.getValues()))
                .collect(Collectors.joining(" and "));
    }
}

package dev.flotilla.schedule;

import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// The nodes a pod may run on by their labels: its node selector, and its required node affinity.
///
/// @param selector every label must be there
/// @param terms one of them must match, if there are any
public record NodeChoice(Map<String, String> selector, List<NodeSelectorTerm> terms) {
    static final NodeChoice ANY = new NodeChoice(Map.of(), List.of());

    public static NodeChoice of(PodSpec spec) {
        Map<String, String> selector =
                Objects.requireNonNullElse(spec.getNodeSelector(), Map.<String, String>of());
        var terms = new ArrayList<NodeSelectorTerm>();
        if (spec.getAffinity() != null && spec.getAffinity().getNodeAffinity() != null) {
            var required =
                    spec.getAffinity()
                            .getNodeAffinity()
                            .getRequiredDuringSchedulingIgnoredDuringExecution();
            if (required != null) {
                terms.addAll(required.getNodeSelectorTerms());
            }
        }
        return selector.isEmpty() && terms.isEmpty() ? ANY : new NodeChoice(selector, terms);
    }

    public boolean admits(String node, Map<String, String> labels) {
        return (selector.isEmpty() || labels.entrySet().containsAll(selector.entrySet()))
                && (terms.isEmpty() || terms.stream().anyMatch(t -> matches(t, node, labels)));
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
    private static boolean matches(NodeSelectorTerm term, String node, Map<String, String> labels) {
        if (term.getMatchExpressions().isEmpty() && term.getMatchFields().isEmpty()) {
            return false;
        }
        return term.getMatchExpressions().stream().allMatch(r -> holds(r, labels))
                && term.getMatchFields().stream()
                        .allMatch(r -> holds(r, Map.of("metadata.name", node)));
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
        return term.getMatchExpressions().stream()
                .map(
                        r ->
                                r.getKey()
                                        + " "
                                        + r.getOperator()
                                        + (r.getValues().isEmpty() ? "" : " " + r.getValues()))
                .collect(Collectors.joining(" and "));
    }
}

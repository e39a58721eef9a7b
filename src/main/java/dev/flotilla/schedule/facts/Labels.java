package dev.flotilla.schedule.facts;

import io.fabric8.kubernetes.api.model.LabelSelector;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Which objects by their labels: every rule must hold; with none, all objects.
public record Labels(List<Rule> rules) {
    public static final Labels ALL = new Labels(List.of());

    /// One demand on one label.
    public record Rule(String key, String operator, List<String> values) {
        boolean holds(Map<String, String> labels) {
            var value = labels.get(key);
            return switch (operator) {
                case "In" -> value != null && values.contains(value);
                case "NotIn" -> value == null || !values.contains(value);
                case "Exists" -> value != null;
                case "DoesNotExist" -> value == null;
                default -> false;
            };
        }
    }

    /// @return null when there is no selector, which selects nothing
    public static @Nullable Labels of(@Nullable LabelSelector selector) {
        if (selector == null) {
            return null;
        }
        var rules = new ArrayList<Rule>();
        if (selector.getMatchLabels() != null) {
            selector.getMatchLabels().forEach((k, v) -> rules.add(new Rule(k, "In", List.of(v))));
        }
        for (var e : selector.getMatchExpressions()) {
            var values = e.getValues() == null ? List.<String>of() : List.copyOf(e.getValues());
            rules.add(new Rule(e.getKey(), e.getOperator(), values));
        }
        return new Labels(List.copyOf(rules));
    }

    /// These, and of each key the same value that `labels` has; a key they lack says nothing.
    Labels and(@Nullable List<String> keys, String operator, Map<String, String> labels) {
        if (keys == null || keys.isEmpty()) {
            return this;
        }
        var all = new ArrayList<>(rules);
        for (var key : keys) {
            var value = labels.get(key);
            var rule = value == null ? null : new Rule(key, operator, List.of(value));
            if (rule != null && !all.contains(rule)) {
                all.add(rule);
            }
        }
        return new Labels(List.copyOf(all));
    }

    public boolean match(Map<String, String> labels) {
        for (var rule : rules) {
            if (!rule.holds(labels)) {
                return false;
            }
        }
        return true;
    }
}

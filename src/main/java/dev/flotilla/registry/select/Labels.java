package dev.flotilla.registry.select;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Set;

/// A label selector: every requirement has to hold.
public record Labels(List<Requirement> requirements) {
    public static final Labels ALL = new Labels(List.of());

    /// Whether an object has such labels.
    public boolean matches(ObjectNode object) {
        return requirements.isEmpty() || matchesLabels(Tree.at(object, "metadata", "labels"));
    }

    /// Whether these are such labels.
    public boolean matchesLabels(JsonNode labels) {
        return requirements.stream().allMatch(r -> r.matches(labels));
    }

    /// One condition on one label.
    public sealed interface Requirement {
        boolean matches(JsonNode labels);
    }

    record In(String key, Set<String> values) implements Requirement {
        @Override
        public boolean matches(JsonNode labels) {
            return Tree.has(labels, key) && values.contains(Tree.text(labels, key));
        }
    }

    /// A label that is absent counts as being none of the values.
    record NotIn(String key, Set<String> values) implements Requirement {
        @Override
        public boolean matches(JsonNode labels) {
            return !Tree.has(labels, key) || !values.contains(Tree.text(labels, key));
        }
    }

    record Exists(String key) implements Requirement {
        @Override
        public boolean matches(JsonNode labels) {
            return Tree.has(labels, key);
        }
    }

    record Absent(String key) implements Requirement {
        @Override
        public boolean matches(JsonNode labels) {
            return !Tree.has(labels, key);
        }
    }

    /// An integer above (or below) a bound.
    record Compare(String key, long bound, boolean above) implements Requirement {
        @Override
        public boolean matches(JsonNode labels) {
            try {
                long value = Long.parseLong(Tree.text(labels, key));
                return above ? value > bound : value < bound;
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }
}

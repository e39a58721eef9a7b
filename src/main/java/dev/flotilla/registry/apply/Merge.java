package dev.flotilla.registry.apply;

import static java.util.Objects.requireNonNull;

import dev.flotilla.registry.tree.Tree;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Lays what is applied over what is there.
final class Merge {
    private Merge() {}

    /// @return a new value
    static JsonNode of(Type type, @Nullable JsonNode live, JsonNode applied) {
        if (live == null) {
            return applied.deepCopy();
        }
        if (!live.isContainer() || applied.isEmpty() || !applied.isContainer()) {
            return mergesNothingInto(type, live, applied) ? live.deepCopy() : applied.deepCopy();
        }
        return switch (type) {
            case Type.Leaf _ -> applied.deepCopy();
            case Type.Open _, Type.Struct _, Type.MapOf _ ->
                    live.isObject() && applied.isObject()
                            ? object(type, live, applied)
                            : applied.deepCopy();
            case Type.SetOf _, Type.Keyed _ -> new Lists(type, live, applied).merged();
        };
    }

    /// An empty object or list adds nothing to one that has something.
    private static boolean mergesNothingInto(Type type, JsonNode live, JsonNode applied) {
        return !(type instanceof Type.Leaf)
                && live.isContainer()
                && applied.isContainer()
                && applied.isEmpty()
                && live.getNodeType() == applied.getNodeType()
                && (type instanceof Type.Open ? live.isObject() : true);
    }

    private static JsonNode object(Type type, JsonNode live, JsonNode applied) {
        var merged = Tree.empty();
        for (var field : live.properties()) {
            merged.set(field.getKey(), field.getValue().deepCopy());
        }
        for (var field : applied.properties()) {
            var of = Type.within(type, field.getKey());
            merged.set(
                    field.getKey(),
                    of(of == null ? Type.OPEN : of, live.get(field.getKey()), field.getValue()));
        }
        return merged;
    }

    /// Both lists in one: what both have in the order of the applied one, and around it what only
    /// one of them has, where it was.
    private static final class Lists {
        private final Type type;
        private final Map<String, JsonNode> live;
        private final Map<String, JsonNode> applied;
        private final List<String> shared;
        private final Set<String> done = new HashSet<>();
        private final ArrayNode merged = Tree.list();
        private int nextShared;

        Lists(Type type, JsonNode live, JsonNode applied) {
            this.type = type;
            this.live = index(type, live);
            this.applied = index(type, applied);
            shared = this.applied.keySet().stream().filter(this.live::containsKey).toList();
        }

        JsonNode merged() {
            var left = List.copyOf(live.keySet());
            var right = List.copyOf(applied.keySet());
            int l = 0;
            int r = 0;
            while (l < left.size() || r < right.size()) {
                if (l < left.size() && hasItsPlaceElsewhere(left.get(l))) {
                    l++;
                } else if (l < left.size() && !applied.containsKey(left.get(l))) {
                    merged.add(requireNonNull(live.get(left.get(l++))).deepCopy());
                } else {
                    take(right.get(r++));
                }
            }
            return merged;
        }

        /// Whether this element of the live list is in already, or comes in later, where the
        /// applied list has it.
        private boolean hasItsPlaceElsewhere(String name) {
            if (!applied.containsKey(name)) {
                return false;
            }
            while (nextShared < shared.size() && done.contains(shared.get(nextShared))) {
                nextShared++;
            }
            return done.contains(name)
                    || (nextShared < shared.size() && !shared.get(nextShared).equals(name));
        }

        private void take(String name) {
            done.add(name);
            var element = type instanceof Type.Keyed keyed ? keyed.element() : Type.LEAF;
            merged.add(of(element, live.get(name), requireNonNull(applied.get(name))));
        }

        private static Map<String, JsonNode> index(Type type, JsonNode list) {
            var all = new LinkedHashMap<String, JsonNode>();
            int i = 0;
            for (var element : list) {
                all.put(Elements.of(type, element, i++), element);
            }
            return all;
        }
    }
}

package dev.flotilla.registry.patch;

import dev.flotilla.registry.tree.Tree;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/// Merges one list into another.
///
/// @param key the field that tells elements apart; null for plain values, which are their own key
/// @param rules within the elements
record ListMerge(@Nullable String key, MergeRules rules) {
    static ListMerge of(MergeRules around, String list) {
        return new ListMerge(around.mergeKey(list).orElse(null), around.within(list));
    }

    ArrayNode merge(ArrayNode target, ArrayNode patch) {
        var merged = elements(target);
        var wanted = new ArrayList<JsonNode>();
        boolean replace = false;
        for (var element : patch) {
            checkKey(element);
            var directive = element.path("$patch");
            if (directive.isMissingNode() || directive.asString("").equals("merge")) {
                wanted.add(element);
            } else if (directive.asString("").equals("delete")) {
                merged.removeIf(e -> sameKey(e, element));
            } else if (directive.asString("").equals("replace")) {
                replace = true;
            } else {
                throw new BadPatch("unknown $patch in a list: " + directive);
            }
        }
        if (replace) {
            var list = Tree.list();
            wanted.forEach(e -> list.add(plain(e)));
            return list;
        }
        wanted.forEach(e -> put(merged, e));
        var list = Tree.list();
        list.addAll(merged);
        var order = Tree.list();
        order.addAll(wanted);
        return ordered(list, order, target);
    }

    /// The elements that `order` names, as it orders them; the others keep their places between
    /// them as far as `before` tells.
    ArrayNode ordered(ArrayNode list, ArrayNode order, ArrayNode before) {
        var named = new ArrayList<JsonNode>();
        var rest = elements(list);
        for (var wanted : order) {
            rest.stream().filter(e -> sameKey(e, wanted)).forEach(named::add);
            rest.removeIf(e -> sameKey(e, wanted));
        }
        var others = new ArrayList<JsonNode>();
        for (var element : list) {
            if (order.valueStream().noneMatch(w -> sameKey(element, w))) {
                others.add(element);
            }
        }
        var result = Tree.list();
        int next = 0;
        for (var element : named) {
            while (next < others.size() && stoodBefore(others.get(next), element, before)) {
                result.add(others.get(next++));
            }
            result.add(element);
        }
        others.subList(next, others.size()).forEach(result::add);
        return result;
    }

    private boolean stoodBefore(JsonNode a, JsonNode b, ArrayNode before) {
        int left = place(a, before);
        int right = place(b, before);
        return left >= 0 && right >= 0 && left < right;
    }

    private int place(JsonNode element, ArrayNode list) {
        for (int i = 0; i < list.size(); i++) {
            if (sameKey(list.get(i), element)) {
                return i;
            }
        }
        return -1;
    }

    private void put(List<JsonNode> merged, JsonNode element) {
        for (int i = 0; i < merged.size(); i++) {
            if (sameKey(merged.get(i), element)) {
                if (merged.get(i) instanceof ObjectNode target
                        && element instanceof ObjectNode patch) {
                    merged.set(i, StrategicPatch.apply(target, patch, rules));
                }
                return;
            }
        }
        merged.add(plain(element));
    }

    private static JsonNode plain(JsonNode element) {
        return element instanceof ObjectNode object
                ? StrategicPatch.plain(object)
                : element.deepCopy();
    }

    /// An element of a patch that has no key names nothing, which can only be a mistake.
    private void checkKey(JsonNode element) {
        boolean replace = element.path("$patch").asString("").equals("replace");
        if (key != null && !replace && !element.has(key)) {
            throw new BadPatch(
                    "map: %s does not contain declared merge key: %s".formatted(element, key));
        }
        if (key == null && element.isContainer() && !replace) {
            throw new BadPatch("a list of plain values can't take " + element);
        }
    }

    private boolean sameKey(JsonNode one, JsonNode other) {
        if (key == null) {
            return Tree.same(one, other);
        }
        return one.has(key) && other.has(key) && Tree.same(one.get(key), other.get(key));
    }

    private static ArrayList<JsonNode> elements(ArrayNode list) {
        var elements = new ArrayList<JsonNode>();
        list.forEach(elements::add);
        return elements;
    }
}

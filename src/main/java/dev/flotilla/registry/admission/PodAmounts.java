package dev.flotilla.registry.admission;

import dev.flotilla.registry.tree.Amount;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.TreeMap;

/// How much a pod asks for as a whole: the sum of its containers, or more if one of those that run
/// before them asks for more; and what it costs by itself.
final class PodAmounts {
    private PodAmounts() {}

    /// @param part `requests` or `limits`
    static Map<String, Amount> of(JsonNode spec, String part) {
        var running = new TreeMap<String, Amount>();
        for (var c : Tree.objects(spec, "containers")) {
            add(running, of(c, part));
        }
        var beside = new TreeMap<String, Amount>();
        var first = new TreeMap<String, Amount>();
        for (var c : Tree.objects(spec, "initContainers")) {
            var own = new TreeMap<>(of(c, part));
            if (Tree.text(c, "restartPolicy").equals("Always")) {
                add(running, own);
                add(beside, own);
                most(first, beside);
            } else {
                add(own, beside);
                most(first, own);
            }
        }
        most(running, first);
        Bounds.amounts(Tree.at(spec, "resources", part)).forEach(running::put);
        for (var o : Bounds.amounts(Tree.at(spec, "overhead")).entrySet()) {
            if (part.equals("requests") || running.containsKey(o.getKey())) {
                running.merge(o.getKey(), o.getValue(), Amount::plus);
            }
        }
        return running;
    }

    private static Map<String, Amount> of(ObjectNode container, String part) {
        return Bounds.amounts(Tree.at(container, "resources", part));
    }

    private static void add(Map<String, Amount> sum, Map<String, Amount> more) {
        more.forEach((name, amount) -> sum.merge(name, amount, Amount::plus));
    }

    private static void most(Map<String, Amount> most, Map<String, Amount> other) {
        other.forEach((name, amount) -> most.merge(name, amount, Amount::max));
    }
}

package dev.flotilla.registry.kinds.storage;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where volumes of a class may be made: labels of nodes, each with the values it may have.
final class TopologyTerms {
    private TopologyTerms() {}

    static void check(List<ObjectNode> terms, Problems problems) {
        // Kubernetes begins with as many empty terms as there are, so an empty one is a duplicate.
        var seen =
                new ArrayList<Map<String, Set<String>>>(
                        Collections.nCopies(terms.size(), Map.of()));
        int i = 0;
        for (var term : terms) {
            var at = "allowedTopologies[" + i++ + "].matchLabelExpressions";
            var labels = term(term, at, problems);
            seen.stream().filter(labels::equals).forEach(_ -> problems.duplicate(at, ""));
            seen.add(labels);
        }
    }

    private static Map<String, Set<String>> term(ObjectNode term, String at, Problems problems) {
        var labels = new HashMap<String, Set<String>>();
        int i = 0;
        for (var label : Tree.objects(term, "matchLabelExpressions")) {
            var field = at + "[" + i++ + "]";
            var key = Tree.text(label, "key");
            var values = values(Tree.texts(label, "values"), field + ".values", problems);
            Checks.qualified(key, field + ".key", problems);
            if (labels.put(key, values) != null) {
                problems.duplicate(field + ".key", key);
            }
        }
        return labels;
    }

    private static Set<String> values(List<String> values, String at, Problems problems) {
        if (values.isEmpty()) {
            problems.required(at, "");
        }
        var seen = new HashSet<String>();
        for (int i = 0; i < values.size(); i++) {
            if (!seen.add(values.get(i))) {
                problems.duplicate(at + "[" + i + "]", values.get(i));
            }
        }
        return seen;
    }
}

package dev.flotilla.registry.kinds.network;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.SelectorRules;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/// Where an endpoint is, and who had better use it.
final class EndpointHints {
    private static final int MOST_HINTS = 8;
    private static final int MOST_LABELS = 16;

    private EndpointHints() {}

    static void topology(JsonNode labels, String at, Problems problems) {
        if (labels.size() > MOST_LABELS) {
            problems.tooMany(at, labels.size(), MOST_LABELS);
        }
        SelectorRules.labels(labels, at, problems);
    }

    static void check(JsonNode hints, String at, Problems problems) {
        if (few(hints, "forZones", at, problems)) {
            names(hints, "forZones", at, problems, Names::labelValue);
            if (few(hints, "forNodes", at, problems)) {
                names(hints, "forNodes", at, problems, Names::subdomain);
            }
        }
    }

    private static boolean few(JsonNode hints, String list, String at, Problems problems) {
        int size = Tree.at(hints, list).size();
        if (size > MOST_HINTS) {
            problems.tooMany(at + "." + list, size, MOST_HINTS);
        }
        return size <= MOST_HINTS;
    }

    private static void names(
            JsonNode hints,
            String list,
            String at,
            Problems problems,
            Function<String, List<String>> refusals) {
        var seen = new HashSet<String>();
        int i = 0;
        for (var hint : Tree.objects(hints, list)) {
            var field = at + "." + list + "[" + i++ + "].name";
            var name = Tree.text(hint, "name");
            if (!seen.add(name)) {
                problems.duplicate(field, name);
            }
            refusals.apply(name).forEach(why -> problems.invalid(field, name, why));
        }
    }

    /// A name of a host with all its domains, which may end with a dot.
    static void domain(String name, String field, Problems problems) {
        if (name.isEmpty()) {
            problems.required(field, "");
            return;
        }
        var domain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        var labels = List.of(domain.split("\\.", -1));
        if (!Names.subdomain(domain).isEmpty()) {
            problems.invalid(field, domain, String.join(",", Names.subdomain(domain)));
        } else if (labels.size() < 2) {
            problems.invalid(
                    field,
                    domain,
                    "should be a domain with at least two segments separated by dots");
        } else {
            labels.stream()
                    .filter(label -> !Names.label(label).isEmpty())
                    .findFirst()
                    .ifPresent(
                            label ->
                                    problems.invalid(
                                            field, label, String.join(",", Names.label(label))));
        }
    }
}

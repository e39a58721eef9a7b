package dev.flotilla.registry.advice;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/// What is worth saying of one container.
final class ContainerAdvice {
    private ContainerAdvice() {}

    /// @param at such as `spec.containers[0]`
    static List<String> of(JsonNode container, String at) {
        var all = new ArrayList<String>();
        fractions(container, at, all);
        hidden(container, at, all);
        ports(container, at, all);
        return all;
    }

    /// A byte can't be cut.
    private static void fractions(JsonNode container, String at, List<String> all) {
        for (var resource : List.of("memory", "ephemeral-storage")) {
            for (var side : List.of("limits", "requests")) {
                var value = Tree.at(container, "resources", side, resource).asString("");
                if (value.endsWith("m") && !value.endsWith("000m")) {
                    all.add(
                            "%s.resources.%s[%s]: fractional byte value \"%s\" is invalid, must be an integer"
                                    .formatted(at, side, resource, value));
                }
            }
        }
    }

    /// A variable given again, other than by what it was before.
    private static void hidden(JsonNode container, String at, List<String> all) {
        var seen = new HashSet<String>();
        int i = 0;
        for (var variable : Tree.objects(container, "env")) {
            var name = Tree.text(variable, "name");
            var before = "$(" + name + ")";
            var value = Tree.text(variable, "value");
            var builds = value.contains(before) && !value.equals(before);
            if (!seen.add(name) && (Tree.has(variable, "valueFrom") || !builds)) {
                all.add(
                        "%s.env[%d]: hides previous definition of \"%s\", which may be dropped when using apply"
                                .formatted(at, i, name));
            }
            i++;
        }
    }

    private static void ports(JsonNode container, String at, List<String> all) {
        var seen = new HashMap<String, String>();
        int i = 0;
        for (var port : Tree.objects(container, "ports")) {
            var place = "%s.ports[%d]".formatted(at, i++);
            var same =
                    "%d/%s/%s/%d"
                            .formatted(
                                    Tree.number(port, 0, "containerPort"),
                                    Tree.text(port, "protocol"),
                                    Tree.text(port, "hostIP"),
                                    Tree.number(port, 0, "hostPort"));
            var other = seen.putIfAbsent(same, place);
            if (other != null) {
                all.add("%s: duplicate port definition with %s".formatted(place, other));
            }
        }
    }
}

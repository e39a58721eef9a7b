package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Set;

/// Ephemeral containers: put into a running pod to look around, and there for as long as it is.
final class Visitors {
    private static final List<String> NOT_FOR_THEM =
            List.of(
                    "ports",
                    "resources",
                    "livenessProbe",
                    "readinessProbe",
                    "startupProbe",
                    "lifecycle");

    private Visitors() {}

    /// @param names of the other containers; theirs are added
    static void check(JsonNode spec, String at, Set<String> names, Problems problems) {
        var others = Set.copyOf(names);
        int i = 0;
        for (var c : Tree.objects(spec, "ephemeralContainers")) {
            var field = at + ".ephemeralContainers[" + i++ + "]";
            var name = Tree.text(c, "name");
            if (name.isEmpty()) {
                problems.required(field + ".name", "");
            } else {
                Checks.label(name, field + ".name", problems);
                if (!names.add(name)) {
                    problems.duplicate(field + ".name", name);
                }
            }
            if (Tree.text(c, "image").isEmpty()) {
                problems.required(field + ".image", "");
            }
            for (var not : NOT_FOR_THEM) {
                if (!Tree.at(c, not).isEmpty()) {
                    problems.forbidden(
                            field + "." + not, "cannot be set for an Ephemeral Container");
                }
            }
            var target = Tree.text(c, "targetContainerName");
            if (!target.isEmpty() && !others.contains(target)) {
                problems.notFound(field + ".targetContainerName", target);
            }
            EnvironmentRules.check(c, field, problems);
        }
    }

    /// Whoever came stays as it is.
    static void checkChange(ObjectNode before, ObjectNode after, Problems problems) {
        var now = Tree.objects(after, "spec", "ephemeralContainers");
        for (var old : Tree.objects(before, "spec", "ephemeralContainers")) {
            var name = Tree.text(old, "name");
            var same = now.stream().filter(c -> Tree.text(c, "name").equals(name)).findFirst();
            if (same.isEmpty()) {
                problems.forbidden(
                        "spec.ephemeralContainers",
                        "existing ephemeral containers \"%s\" may not be removed\n"
                                .formatted(name));
            } else if (!Tree.same(old, same.get())) {
                problems.forbidden(
                        "spec.ephemeralContainers",
                        "existing ephemeral containers \"%s\" may not be changed\n"
                                .formatted(name));
            }
        }
    }
}

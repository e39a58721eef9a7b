package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

/// Ephemeral containers: put into a running pod to look around, and there for as long as it is.
final class Visitors {
    private Visitors() {}

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

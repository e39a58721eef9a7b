package dev.flotilla.registry.write;

import dev.flotilla.registry.Subresource;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Who may write which part of an object: `/status` only the status, others all but that.
final class Parts {
    private static final Set<String> NOT_WISHED = Set.of("metadata", "status");

    private Parts() {}

    /// Takes over from `before` what a write to `part` may not change in `next`.
    static void keepOthers(Kind kind, Subresource part, ObjectNode before, ObjectNode next) {
        switch (part) {
            case NONE, SCALE -> {
                if (kind.type().hasStatus()) {
                    Tree.carry(before, next, "status");
                }
            }
            case STATUS -> {
                next.remove(
                        next.propertyNames().stream()
                                .filter(n -> !NOT_WISHED.contains(n))
                                .toList());
                before.propertyNames().stream()
                        .filter(n -> !NOT_WISHED.contains(n))
                        .forEach(n -> Tree.carry(before, next, n));
                keepMetadata(before, next, List.of("finalizers", "ownerReferences"));
            }
            case EPHEMERAL_CONTAINERS, RESIZE -> {
                var wanted = next.deepCopy();
                next.removeAll();
                before.properties().forEach(f -> next.set(f.getKey(), f.getValue().deepCopy()));
                var spec = Tree.child(next, "spec");
                if (part == Subresource.EPHEMERAL_CONTAINERS) {
                    Tree.carry(Tree.child(wanted, "spec"), spec, "ephemeralContainers");
                } else {
                    resize(Tree.child(wanted, "spec"), spec);
                }
            }
            case FINALIZE -> {
                var finalizers = Tree.at(next, "spec", "finalizers");
                next.remove(
                        next.propertyNames().stream().filter(n -> !n.equals("metadata")).toList());
                before.propertyNames().stream()
                        .filter(n -> !n.equals("metadata"))
                        .forEach(n -> Tree.carry(before, next, n));
                Tree.carry(before, next, "metadata");
                if (finalizers.isMissingNode()) {
                    Tree.child(next, "spec").remove("finalizers");
                } else {
                    Tree.child(next, "spec").set("finalizers", finalizers);
                }
            }
        }
    }

    private static void resize(ObjectNode wanted, ObjectNode spec) {
        for (var list : List.of("containers", "initContainers")) {
            var sizes = Tree.objects(wanted, list);
            for (var container : Tree.objects(spec, list)) {
                sizes.stream()
                        .filter(c -> Tree.text(c, "name").equals(Tree.text(container, "name")))
                        .findFirst()
                        .ifPresent(
                                c -> {
                                    Tree.carry(c, container, "resources");
                                    Tree.carry(c, container, "resizePolicy");
                                });
            }
        }
    }

    /// Whether nothing but metadata and status differs.
    static boolean sameWish(ObjectNode before, ObjectNode next) {
        return Stream.concat(before.propertyNames().stream(), next.propertyNames().stream())
                .filter(n -> !NOT_WISHED.contains(n))
                .allMatch(n -> Tree.same(before.path(n), next.path(n)));
    }

    private static void keepMetadata(ObjectNode before, ObjectNode next, List<String> names) {
        names.forEach(
                n -> Tree.carry(Tree.child(before, "metadata"), Tree.child(next, "metadata"), n));
    }
}

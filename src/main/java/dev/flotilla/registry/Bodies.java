package dev.flotilla.registry;

import dev.flotilla.registry.kinds.Kind;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

/// Looks at what a client sent before anything is done with it.
final class Bodies {
    private Bodies() {}

    /// Takes `null` fields out of `body`, and checks that it is of the kind.
    static void check(Kind kind, Subresource part, ObjectNode body, WriteOptions options) {
        Tree.dropNulls(body);
        if (part == Subresource.SCALE) {
            return;
        }
        var type = kind.type();
        var apiVersion = Tree.text(body, "apiVersion");
        var name = Tree.text(body, "kind");
        if (!apiVersion.isEmpty() && !apiVersion.equals(type.apiVersion())) {
            throw ApiFailure.badRequest(
                    ("the API version in the data (%s) does not match the expected API version"
                                    + " (%s)")
                            .formatted(apiVersion, type.apiVersion()));
        }
        if (!name.isEmpty() && !name.equals(type.kind())) {
            throw ApiFailure.badRequest(
                    "%s in version \"%s\" cannot be handled as a %s"
                            .formatted(name, type.version(), type.kind()));
        }
    }
}

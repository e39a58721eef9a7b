package dev.flotilla.registry.write;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

/// That a body is about the object that its request is about.
final class Identities {
    private Identities() {}

    /// The body names the object, as the path does.
    ///
    /// @throws ApiFailure 400
    static void named(ObjectKey key, ObjectNode wanted) {
        var name = Tree.text(wanted, "metadata", "name");
        if (name.isEmpty()) {
            throw ApiFailure.badRequest(
                    "the name of the object (%s based on URL) was undeterminable: name must be provided"
                            .formatted(key.name()));
        }
        if (!name.equals(key.name())) {
            throw ApiFailure.badRequest(
                    "the name of the object (%s) does not match the name on the URL (%s)"
                            .formatted(name, key.name()));
        }
        namespace(key.namespace(), wanted);
    }

    /// @param namespace of the request, empty for a cluster-scoped kind, where nothing else counts
    /// @throws ApiFailure 400
    static void namespace(String namespace, ObjectNode wanted) {
        var given = Tree.text(wanted, "metadata", "namespace");
        if (!namespace.isEmpty() && !given.isEmpty() && !given.equals(namespace)) {
            throw ApiFailure.badRequest(
                    "the namespace of the provided object does not match the namespace sent on"
                            + " the request");
        }
    }

    /// What is to be applied may leave out what the object is called.
    ///
    /// @throws ApiFailure 400
    static void applied(ObjectKey key, ObjectNode wanted) {
        if (!Tree.text(wanted, "metadata", "name").isEmpty()) {
            named(key, wanted);
        }
        namespace(key.namespace(), wanted);
    }

    /// The body is of the object's present revision if it says one.
    ///
    /// @throws ApiFailure 409
    static void revision(ResourceType type, ObjectKey key, ObjectNode before, ObjectNode wanted) {
        var revision = Tree.text(wanted, "metadata", "resourceVersion");
        if (!none(revision) && !revision.equals(Tree.text(before, "metadata", "resourceVersion"))) {
            throw ApiFailure.conflict(type, key.name());
        }
    }

    /// Some kinds are only changed by who knows what they are.
    ///
    /// @throws ApiFailure 422
    static void revisionGiven(ResourceType type, ObjectKey key, ObjectNode given) {
        if (none(Tree.text(given, "metadata", "resourceVersion"))) {
            throw ApiFailure.unversioned(type, key.name());
        }
    }

    private static boolean none(String revision) {
        return revision.isEmpty() || revision.equals("0");
    }

    /// @param wanted empty for any
    /// @throws ApiFailure 409, worded as Kubernetes' storage does
    static void uid(ResourceType type, ObjectKey key, ObjectNode before, String wanted) {
        var is = Tree.text(before, "metadata", "uid");
        if (wanted.isEmpty() || wanted.equals(is)) {
            return;
        }
        var place = key.namespace().isEmpty() ? key.name() : key.namespace() + "/" + key.name();
        throw ApiFailure.conflict(
                type,
                key.name(),
                ("StorageError: invalid object, Code: 4, Key: /registry/%s/%s, ResourceVersion: 0,"
                                + " AdditionalErrorMsg: Precondition failed: UID in precondition:"
                                + " %s, UID in object meta: %s")
                        .formatted(type.plural(), place, wanted, is));
    }
}

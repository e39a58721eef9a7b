package dev.flotilla.registry.admission;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Namespace;

/// Nothing comes into being in a namespace that is not there, or is going.
final class LiveNamespace implements Step {
    @Override
    public void fill(Attempt attempt, Surroundings around) {
        if (!attempt.isNew() || !attempt.type().namespaced()) {
            return;
        }
        var name = attempt.namespace();
        var namespace =
                around.get(Namespace.class, "", name)
                        .orElseThrow(() -> ApiFailure.notFound("namespaces", name));
        if (Tree.has(namespace, "metadata", "deletionTimestamp")) {
            throw ApiFailure.namespaceTerminating(attempt.type(), attempt.name(), name);
        }
    }
}

package dev.flotilla.registry.kind;

import io.fabric8.kubernetes.api.model.HasMetadata;

import tools.jackson.databind.node.ObjectNode;

/// An object that comes into being together with another one, in the same write.
///
/// @param object with its `metadata.name` and `metadata.namespace`
public record Companion(Class<? extends HasMetadata> model, ObjectNode object) {
    public String namespace() {
        return object.path("metadata").path("namespace").asString("");
    }

    public String name() {
        return object.path("metadata").path("name").asString("");
    }
}

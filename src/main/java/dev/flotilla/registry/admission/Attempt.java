package dev.flotilla.registry.admission;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.HasMetadata;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

/// A write that someone wants: a new object, or a change of the whole of one.
///
/// @param namespace empty for a cluster-scoped kind
/// @param before null for a new one
/// @param object as wanted; steps may change it
public record Attempt(
        ResourceType type, String namespace, @Nullable ObjectNode before, ObjectNode object) {

    public boolean isNew() {
        return before == null;
    }

    public boolean of(Class<? extends HasMetadata> model) {
        return type.model() == model;
    }

    /// The name, or what it will begin with.
    public String name() {
        var name = Tree.text(object, "metadata", "name");
        var base = Tree.text(object, "metadata", "generateName");
        return !name.isEmpty() ? name : base.isEmpty() ? "Unknown" : base;
    }

    public ObjectNode spec() {
        return Tree.child(object, "spec");
    }

    public ApiFailure forbidden(String why) {
        return ApiFailure.forbidden(type, name(), why);
    }
}

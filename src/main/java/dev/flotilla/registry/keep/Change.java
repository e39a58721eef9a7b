package dev.flotilla.registry.keep;

import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Write;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

/// One object coming, changing or going.
///
/// @param revision that it has; 0 for a new one
/// @param before null for a new one
/// @param body as it is then, or as it last was
public record Change(
        String place, long revision, @Nullable ObjectNode before, ObjectNode body, boolean goes) {

    @Nullable ObjectNode after() {
        return goes ? null : body;
    }

    String namespace() {
        return Tree.text(body, "metadata", "namespace");
    }

    /// The place of all objects of its kind.
    String root() {
        return place.substring(0, place.indexOf('/', place.indexOf('/', 1) + 1) + 1);
    }

    Write write() {
        return new Write(place, revision, goes, new StoredBody(body));
    }
}

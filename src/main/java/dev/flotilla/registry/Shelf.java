package dev.flotilla.registry;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Entry;
import dev.flotilla.store.Store;

import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// Where objects lie in the store: `/{group|core}/{plural}/{namespace|-}/{name}`.
record Shelf(Store store) {
    static String place(ResourceType type, ObjectKey key) {
        return below(type, key.namespace().isEmpty() ? "-" : key.namespace()) + key.name();
    }

    /// @param namespace empty for all
    static String prefix(ResourceType type, String namespace) {
        return namespace.isEmpty() ? root(type) : below(type, namespace);
    }

    Optional<Entry> find(ResourceType type, ObjectKey key) {
        return store.get(place(type, key));
    }

    /// @throws ApiFailure 404
    Entry entry(ResourceType type, ObjectKey key) {
        return find(type, key).orElseThrow(() -> ApiFailure.notFound(type, key.name()));
    }

    static ObjectNode tree(Entry entry) {
        return Tree.read(entry.body());
    }

    private static String root(ResourceType type) {
        return "/" + (type.group().isEmpty() ? "core" : type.group()) + "/" + type.plural() + "/";
    }

    private static String below(ResourceType type, String namespace) {
        return root(type) + namespace + "/";
    }
}

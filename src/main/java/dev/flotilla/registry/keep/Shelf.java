package dev.flotilla.registry.keep;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Entry;
import dev.flotilla.store.Store;

import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// Where objects lie in the store: `/{group|core}/{plural}/{namespace|-}/{name}`.
public record Shelf(Store store) {
    /// Where that object lies.
    ///
    /// @param type the one that is kept
    public static String place(ResourceType type, ObjectKey key) {
        return below(type, key.namespace().isEmpty() ? "-" : key.namespace()) + key.name();
    }

    /// @param namespace empty for all
    public static String prefix(ResourceType type, String namespace) {
        return namespace.isEmpty() ? root(type) : below(type, namespace);
    }

    /// What lies at that place now.
    public Optional<Entry> find(ResourceType type, ObjectKey key) {
        return store.get(place(type, key));
    }

    /// @throws ApiFailure 404
    public Entry entry(ResourceType type, ObjectKey key) {
        return find(type, key).orElseThrow(() -> ApiFailure.notFound(type, key.name()));
    }

    /// What an entry holds; the receiver's own.
    public static ObjectNode tree(Entry entry) {
        return Tree.read(entry.body());
    }

    private static String root(ResourceType type) {
        return "/" + (type.group().isEmpty() ? "core" : type.group()) + "/" + type.plural() + "/";
    }

    private static String below(ResourceType type, String namespace) {
        return root(type) + namespace + "/";
    }
}

package dev.flotilla.registry;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.store.Entry;
import dev.flotilla.store.Result;
import dev.flotilla.store.Store;
import dev.flotilla.store.Write;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What reading, writing and deleting share.
record Engine(Store store, Shelf shelf, Catalog catalog, Metadata metadata, Bodies bodies) {
    /// How often a write without a revision of its own is tried against a moving object.
    static final int TRIES = 16;

    Kind kind(ResourceType type) {
        return catalog.of(type);
    }

    Version version(ResourceType type) {
        return catalog.version(type);
    }

    /// @param type of whichever version
    /// @throws ApiFailure 404
    Entry entry(ResourceType type, ObjectKey key) {
        return shelf.find(kind(type).type(), key)
                .orElseThrow(() -> ApiFailure.notFound(type, key.name()));
    }

    /// Writes new objects that belong together, all or none.
    ///
    /// @return the first one as written; empty if that one exists
    Optional<ObjectNode> add(List<String> places, List<ObjectNode> objects) {
        var writes = new ArrayList<Write>();
        for (int i = 0; i < places.size(); i++) {
            writes.add(new Write(places.get(i), 0, false, new StoredBody(objects.get(i))));
        }
        return first(store.write(writes));
    }

    /// @return the object as written; empty if someone else wrote first
    Optional<ObjectNode> replace(Entry entry, ObjectNode object) {
        return first(
                store.write(
                        List.of(
                                new Write(
                                        entry.key(),
                                        entry.revision(),
                                        false,
                                        new StoredBody(object)))));
    }

    /// @return the object as it last was; empty if someone else wrote first
    Optional<ObjectNode> remove(Entry entry, ObjectNode object) {
        return first(
                store.write(
                        List.of(
                                new Write(
                                        entry.key(),
                                        entry.revision(),
                                        true,
                                        new StoredBody(object)))));
    }

    private static Optional<ObjectNode> first(Result result) {
        return switch (result) {
            case Result.Done done -> Optional.of(Shelf.tree(done.entries().getFirst()));
            case Result.Conflict _ -> Optional.empty();
        };
    }
}

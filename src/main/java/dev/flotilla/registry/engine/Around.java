package dev.flotilla.registry.engine;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.admission.Surroundings;
import dev.flotilla.registry.keep.Claims;
import dev.flotilla.registry.keep.Shelf;
import dev.flotilla.registry.keep.Trees;

import io.fabric8.kubernetes.api.model.HasMetadata;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/// What is in the store now, for the steps of admission to look at.
record Around(Shelf shelf, Trees trees, Catalog catalog, Metadata metadata)
        implements Surroundings {
    @Override
    public Optional<ObjectNode> get(
            Class<? extends HasMetadata> kind, String namespace, String name) {
        return name.isEmpty()
                ? Optional.empty()
                : shelf.find(catalog.of(kind).type(), new ObjectKey(namespace, name))
                        .map(trees::of);
    }

    @Override
    public List<ObjectNode> list(Class<? extends HasMetadata> kind, String namespace) {
        return shelf
                .store()
                .list(Shelf.prefix(catalog.of(kind).type(), namespace))
                .entries()
                .stream()
                .map(trees::of)
                .toList();
    }

    @Override
    public boolean claimed(String claim) {
        return shelf.store().get(Claims.place(claim)).isPresent();
    }

    @Override
    public long draw(long bound) {
        return metadata.draw(bound);
    }
}

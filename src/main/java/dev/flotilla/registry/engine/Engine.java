package dev.flotilla.registry.engine;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.admission.Admission;
import dev.flotilla.registry.admission.Attempt;
import dev.flotilla.registry.admission.Surroundings;
import dev.flotilla.registry.keep.Change;
import dev.flotilla.registry.keep.Commits;
import dev.flotilla.registry.keep.Shelf;
import dev.flotilla.registry.keep.Trees;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Entry;
import dev.flotilla.store.Store;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What reading, writing and deleting share.
public record Engine(
        Store store,
        Shelf shelf,
        Trees trees,
        Catalog catalog,
        Metadata metadata,
        Bodies bodies,
        Ownership ownership,
        Admission admission,
        Commits commits) {
    /// How deep an object may nest: what reads and writes JSON stops at 500, and answers wrap some
    /// around it.
    private static final int MOST_LEVELS = 450;

    /// The kind that a type, of whichever version, is of.
    public Kind kind(ResourceType type) {
        return catalog.of(type);
    }

    /// How objects of that type are told apart from how they are kept.
    public Version version(ResourceType type) {
        return catalog.version(type);
    }

    /// @param type of whichever version
    /// @throws ApiFailure 404
    public Entry entry(ResourceType type, ObjectKey key) {
        return shelf.find(kind(type).type(), key)
                .orElseThrow(() -> ApiFailure.notFound(type, key.name()));
    }

    /// Fills in what depends on other objects.
    ///
    /// @param before null for a new object
    public void fill(ResourceType type, @Nullable ObjectNode before, ObjectNode object) {
        admission.fill(attempt(type, before, object), around());
    }

    /// Holds an object that is about to be written against other objects.
    ///
    /// @param before null for a new object
    public void check(ResourceType type, @Nullable ObjectNode before, ObjectNode object) {
        admission.check(attempt(type, before, object), around());
    }

    private static Attempt attempt(
            ResourceType type, @Nullable ObjectNode before, ObjectNode object) {
        var placed = before == null ? object : before;
        return new Attempt(type, Tree.text(placed, "metadata", "namespace"), before, object);
    }

    /// What is in the store now. Its trees are not to be changed.
    public Surroundings around() {
        return new Around(shelf, trees, catalog, metadata);
    }

    /// Writes new objects that belong together, all or none.
    ///
    /// @return the first one as written; empty if that one exists, or if what it was given is taken
    public Optional<Entry> add(List<String> places, List<ObjectNode> objects) {
        var changes = new ArrayList<Change>();
        objects.forEach(Engine::checkDepth);
        for (int i = 0; i < places.size(); i++) {
            changes.add(new Change(places.get(i), 0, null, objects.get(i), false));
        }
        return commits.commit(changes);
    }

    /// @param before what the entry holds
    /// @return the object as written; empty if someone else wrote first, or took what it was given
    public Optional<Entry> replace(Entry entry, ObjectNode before, ObjectNode object) {
        checkDepth(object);
        return commits.commit(List.of(change(entry, before, object, false)));
    }

    /// @param before what the entry holds
    /// @return the object as it last was; empty if someone else wrote first
    public Optional<Entry> remove(Entry entry, ObjectNode before, ObjectNode object) {
        return commits.commit(List.of(change(entry, before, object, true)));
    }

    /// Refuses what a quota would refuse of a new object.
    public void rehearse(String place, ObjectNode object) {
        checkDepth(object);
        commits.rehearse(new Change(place, 0, null, object, false));
    }

    /// Refuses what a quota would refuse of a change.
    ///
    /// @param before what the entry holds
    public void rehearse(Entry entry, ObjectNode before, ObjectNode object) {
        checkDepth(object);
        commits.rehearse(change(entry, before, object, false));
    }

    private static void checkDepth(ObjectNode object) {
        if (Tree.isDeeper(object, MOST_LEVELS)) {
            throw ApiFailure.badRequest(
                    "the object is nested more than %d deep".formatted(MOST_LEVELS));
        }
    }

    private static Change change(Entry entry, ObjectNode before, ObjectNode object, boolean goes) {
        return new Change(entry.key(), entry.revision(), before, object, goes);
    }
}

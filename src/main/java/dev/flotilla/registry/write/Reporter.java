package dev.flotilla.registry.write;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Shown;
import dev.flotilla.registry.engine.Engine;
import dev.flotilla.registry.keep.Commits;
import dev.flotilla.registry.keep.Shelf;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.registry.patch.MergePatch;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Entry;

import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// Takes down what loops of this process report of objects: their status, and annotations.
///
/// That is most of what is ever written, so only what is reported is looked at; all else stays the
/// tree that it was. What comes of it is what [Editor#patch] of `status` would write.
public final class Reporter {
    private final Engine engine;

    public Reporter(Engine engine) {
        this.engine = engine;
    }

    /// @param revision that the object must still have; 0 for any
    /// @param report a merge patch of `status` and of `metadata.annotations`
    /// @throws ApiFailure 404 or 409 if the object is not the one that was read any more
    public Shown report(ResourceType type, ObjectKey key, long revision, ObjectNode report) {
        var kind = engine.kind(type);
        for (int i = 0; i < Commits.TRIES; i++) {
            var entry = engine.entry(type, key);
            if (revision != 0 && entry.revision() != revision) {
                throw ApiFailure.conflict(type, key.name());
            }
            var before = Shelf.tree(entry);
            var next = reported(kind, before, report);
            check(kind, before, next);
            var written =
                    same(before, next) ? Optional.of(entry) : store(kind, entry, before, next);
            if (written.isPresent()) {
                return new Shown(written.get(), Version.own(kind));
            }
        }
        throw ApiFailure.conflict(type, key.name());
    }

    /// What lets go of the last that held an object which is to go lets it go.
    private Optional<Entry> store(Kind kind, Entry entry, ObjectNode before, ObjectNode next) {
        return Remover.ended(kind, next)
                ? engine.remove(entry, before, next)
                : engine.replace(entry, before, next);
    }

    private ObjectNode reported(Kind kind, ObjectNode before, ObjectNode report) {
        var part = Tree.empty();
        put(before, part, "status");
        put(Tree.child(before, "metadata"), Tree.child(part, "metadata"), "annotations");
        var said = (ObjectNode) MergePatch.apply(part, report);
        engine.bodies().checkPart(kind.type(), said);
        var next = Tree.shallow(before);
        put(said, next, "status");
        put(Tree.child(said, "metadata"), Tree.own(next, "metadata"), "annotations");
        return next;
    }

    private static void put(ObjectNode from, ObjectNode to, String name) {
        var value = from.get(name);
        if (value == null) {
            to.remove(name);
        } else {
            to.set(name, value);
        }
    }

    private static boolean same(ObjectNode before, ObjectNode next) {
        return Tree.same(Tree.at(before, "status"), Tree.at(next, "status"))
                && sameNotes(before, next);
    }

    private static boolean sameNotes(ObjectNode before, ObjectNode next) {
        return Tree.same(
                Tree.at(before, "metadata", "annotations"),
                Tree.at(next, "metadata", "annotations"));
    }

    private static void check(Kind kind, ObjectNode before, ObjectNode next) {
        var problems = new Problems();
        if (!sameNotes(before, next)) {
            MetadataRules.check(kind, next, problems);
        }
        kind.validateStatus(before, next, problems);
        if (!problems.all().isEmpty()) {
            throw ApiFailure.invalid(
                    kind.type(), Tree.text(before, "metadata", "name"), problems.all());
        }
    }
}

package dev.flotilla.registry.write;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.Applied;
import dev.flotilla.registry.PatchType;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Shown;
import dev.flotilla.registry.Subresource;
import dev.flotilla.registry.WriteOptions;
import dev.flotilla.registry.advice.Advice;
import dev.flotilla.registry.apply.Tracking;
import dev.flotilla.registry.engine.Engine;
import dev.flotilla.registry.engine.Metadata;
import dev.flotilla.registry.engine.Scales;
import dev.flotilla.registry.keep.Commits;
import dev.flotilla.registry.keep.Shelf;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.registry.patch.MergeRules;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Entry;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/// Changes objects that are there: update and patch, of the whole or of a part.
public final class Editor {
    private final Engine engine;
    private final Creator creator;

    public Editor(Engine engine, Creator creator) {
        this.engine = engine;
        this.creator = creator;
    }

    /// Puts what was sent in the place of what is there; some kinds are made so.
    public Applied update(
            ResourceType type,
            ObjectKey key,
            Subresource part,
            ObjectNode body,
            WriteOptions options) {
        var kind = engine.kind(type);
        var given = body.deepCopy();
        engine.bodies().check(type, part, given, options);
        Identities.named(key, given);
        if (part == Subresource.NONE
                && kind.createOnUpdate()
                && engine.shelf().find(kind.type(), key).isEmpty()) {
            Tree.child(given, "metadata").remove("resourceVersion");
            return new Applied(creator.create(type, key.namespace(), given, options).tree(), true);
        }
        return new Applied(
                edit(
                                type,
                                key,
                                part,
                                options,
                                (before, _) -> {
                                    var uid = Tree.text(given, "metadata", "uid");
                                    Identities.uid(type, key, before, uid);
                                    if (part != Subresource.SCALE && !kind.unconditionalUpdate()) {
                                        Identities.revisionGiven(type, key, given);
                                    }
                                    return given.deepCopy();
                                })
                        .tree(),
                false);
    }

    /// @param wanted of the whole object, whatever the part
    Shown apply(
            ResourceType type,
            ObjectKey key,
            Subresource part,
            ObjectNode wanted,
            boolean force,
            WriteOptions options) {
        var version = engine.version(type);
        return edit(
                new Edit(type, key, part, options),
                before -> {
                    var live = version.shown(before.deepCopy());
                    Tree.child(live, "metadata").remove("resourceVersion");
                    var next =
                            engine.ownership().applied(version, part, live, wanted, force, options);
                    engine.bodies().check(type, Subresource.NONE, next, options);
                    Identities.applied(key, wanted);
                    Identities.revision(type, key, before, next);
                    return version.kept(next);
                },
                (_, _) -> {});
    }

    /// Changes what is there as the patch says, tried again while others write.
    public Shown patch(
            ResourceType type,
            ObjectKey key,
            Subresource part,
            PatchType patchType,
            JsonNode patch,
            WriteOptions options) {
        return edit(
                type,
                key,
                part,
                options,
                (_, present) -> {
                    var next = patched(type, part, patchType, present, patch);
                    engine.bodies().checkPatched(type, part, next, patchType, patch, options);
                    return next;
                });
    }

    private ObjectNode patched(
            ResourceType of, Subresource part, PatchType type, ObjectNode present, JsonNode patch) {
        var rules = part == Subresource.SCALE ? MergeRules.NONE : engine.bodies().mergeRules(of);
        return Patching.apply(type, present, patch, rules);
    }

    /// What is to be edited, and how.
    private record Edit(ResourceType type, ObjectKey key, Subresource part, WriteOptions options) {}

    /// @param change gets what is there, and a copy of what the client sees of it; a
    ///   resourceVersion that it sets must be the present one
    private Shown edit(
            ResourceType type,
            ObjectKey key,
            Subresource part,
            WriteOptions options,
            BinaryOperator<ObjectNode> change) {
        var version = engine.version(type);
        return edit(
                new Edit(type, key, part, options),
                before -> seenAndChanged(version, key, part, before, change),
                (before, next) -> engine.ownership().updated(version, part, before, next, options));
    }

    private static ObjectNode seenAndChanged(
            Version version,
            ObjectKey key,
            Subresource part,
            ObjectNode before,
            BinaryOperator<ObjectNode> change) {
        var type = version.type();
        var seen =
                part == Subresource.SCALE
                        ? Scales.view(type, before)
                        : version.shown(before.deepCopy());
        Tree.child(seen, "metadata").remove("resourceVersion");
        var wanted = change.apply(before, seen);
        Identities.named(key, wanted);
        Identities.revision(type, key, before, wanted);
        return part == Subresource.SCALE
                ? Scales.applied(type, before.deepCopy(), wanted)
                : version.kept(wanted);
    }

    /// Applies `change` to the present object until no one else writes in between.
    ///
    /// @param change makes of the present object the wanted one
    /// @param own writes down who owns what of the wanted one
    private Shown edit(
            Edit edit, UnaryOperator<ObjectNode> change, BiConsumer<ObjectNode, ObjectNode> own) {
        var type = edit.type;
        var kind = engine.kind(type);
        var version = engine.version(type);
        for (int i = 0; i < Commits.TRIES; i++) {
            var entry = engine.entry(type, edit.key);
            var before = Shelf.tree(entry);
            var next = change.apply(before);
            if (edit.part == Subresource.NONE) {
                kind.defaults(next);
                engine.fill(kind.type(), before, next);
            }
            settle(kind, version, edit.part, before, next, own);
            if (edit.part == Subresource.NONE) {
                engine.check(kind.type(), before, next);
                edit.options.approval().look(before, next);
                Advice.ofChanged(before, next).forEach(edit.options.warnings());
            }
            var written = store(kind, version, entry, before, next, edit.options);
            if (written.isPresent()) {
                return edit.part == Subresource.SCALE
                        ? new Shown(Scales.view(type, written.get().tree()))
                        : written.get();
            }
        }
        throw ApiFailure.conflict(type, edit.key.name());
    }

    /// Keeps what this part of the object may not write, fills in, checks.
    private static void settle(
            Kind kind,
            Version version,
            Subresource part,
            ObjectNode before,
            ObjectNode next,
            BiConsumer<ObjectNode, ObjectNode> own) {
        next.put("apiVersion", kind.type().apiVersion()).put("kind", kind.type().kind());
        var problems = new Problems();
        MetadataRules.checkFixed(before, next, problems);
        Metadata.carried(before, next);
        Parts.keepOthers(kind, part, before, next);
        kind.defaults(next);
        own.accept(before, next);
        if (part == Subresource.NONE || part == Subresource.SCALE) {
            kind.prepareUpdate(before, next);
        }
        if (kind.generation()
                && part != Subresource.STATUS
                && (!Parts.sameWish(before, next) || kind.wishesMore(before, next))) {
            Metadata.bumpGeneration(next);
        }
        MetadataRules.check(kind, next, problems);
        MetadataRules.checkChange(before, next, problems);
        if (part == Subresource.STATUS) {
            kind.validateStatus(before, next, problems);
        } else {
            version.validate(next, problems);
            if (part == Subresource.EPHEMERAL_CONTAINERS || part == Subresource.RESIZE) {
                kind.validatePart(part, before, next, problems);
            } else {
                version.validateUpdate(before, next, problems);
            }
        }
        if (!problems.all().isEmpty()) {
            throw ApiFailure.invalid(
                    kind.type(), Tree.text(before, "metadata", "name"), problems.all());
        }
    }

    /// @return empty if someone else wrote first
    private Optional<Shown> store(
            Kind kind,
            Version version,
            Entry entry,
            ObjectNode before,
            ObjectNode next,
            WriteOptions options) {
        Tree.carry(Tree.child(before, "metadata"), Tree.child(next, "metadata"), "resourceVersion");
        if (Tracking.sameButTimes(before, next)) {
            return Optional.of(new Shown(entry, version));
        }
        if (options.dryRun()) {
            engine.rehearse(entry, before, next);
            return Optional.of(new Shown(version.shown(next)));
        }
        var written =
                Remover.ended(kind, next)
                        ? engine.remove(entry, before, next)
                        : engine.replace(entry, before, next);
        return written.map(e -> new Shown(e, version));
    }
}

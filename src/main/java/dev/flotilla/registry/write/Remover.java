package dev.flotilla.registry.write;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.DeleteOptions;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Shown;
import dev.flotilla.registry.engine.Engine;
import dev.flotilla.registry.engine.Metadata;
import dev.flotilla.registry.keep.Commits;
import dev.flotilla.registry.keep.Shelf;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// Deletes: at once, or by marking an object that something still holds.
public final class Remover {
    private final Engine engine;

    public Remover(Engine engine) {
        this.engine = engine;
    }

    /// Whether the object is marked as deleted and nothing holds it any more.
    static boolean ended(Kind kind, ObjectNode object) {
        return Tree.has(object, "metadata", "deletionTimestamp")
                && Tree.number(object, 0, "metadata", "deletionGracePeriodSeconds") == 0
                && !heldByAnyone(kind, object);
    }

    /// @return what the API answers: the object if it is still there, else mostly a Status
    public ObjectNode delete(ResourceType type, ObjectKey key, DeleteOptions options) {
        var kind = engine.kind(type);
        var object = removed(type, key, options).tree();
        boolean there = Tree.has(object, "metadata", "deletionTimestamp") && !ended(kind, object);
        return there ? engine.version(type).shown(object) : gone(kind, type, object);
    }

    /// @return the object as it is marked, or as it last was
    public Shown removed(ResourceType type, ObjectKey key, DeleteOptions options) {
        var kind = engine.kind(type);
        for (int i = 0; i < Commits.TRIES; i++) {
            var entry = engine.entry(type, key);
            var before = Shelf.tree(entry);
            checkPreconditions(type, key, before, options);
            kind.undeletable(before)
                    .ifPresent(
                            why -> {
                                throw ApiFailure.forbidden(type, key.name(), why);
                            });
            var next = before.deepCopy();
            boolean now = mark(kind, next, options);
            if (options.dryRun() || (!now && Tree.same(before, next))) {
                return new Shown(next);
            }
            var written =
                    now ? engine.remove(entry, before, next) : engine.replace(entry, before, next);
            if (written.isPresent()) {
                return new Shown(written.get(), Version.own(kind));
            }
        }
        throw ApiFailure.conflict(type, key.name());
    }

    static void checkPreconditions(
            ResourceType type, ObjectKey key, ObjectNode object, DeleteOptions options) {
        var uid = Tree.text(object, "metadata", "uid");
        if (options.uid() != null && !options.uid().equals(uid)) {
            throw ApiFailure.preconditionFailed(
                    type,
                    key.name(),
                    ("the UID in the precondition (%s) does not match the UID in record (%s). The"
                                    + " object might have been deleted and then recreated")
                            .formatted(options.uid(), uid));
        }
        var revision = Tree.text(object, "metadata", "resourceVersion");
        if (options.resourceVersion() != null && !options.resourceVersion().equals(revision)) {
            throw ApiFailure.preconditionFailed(
                    type,
                    key.name(),
                    ("the ResourceVersion in the precondition (%s) does not match the"
                                    + " ResourceVersion in record (%s). The object might have been"
                                    + " modified")
                            .formatted(options.resourceVersion(), revision));
        }
    }

    /// @param object changed to say that it is to go, unless it goes at once and its kind knows of
    ///   no grace
    /// @return whether the object goes at once
    private boolean mark(Kind kind, ObjectNode object, DeleteOptions options) {
        var metadata = Tree.child(object, "metadata");
        var asked = asked(options);
        boolean going = Tree.has(metadata, "deletionTimestamp");
        long pending = Tree.number(metadata, 0, "deletionGracePeriodSeconds");
        if (going && pending > 0 && asked.orElse(pending) >= pending) {
            return false;
        }
        Finalizers.set(kind, metadata, options.propagation());
        long grace = going ? asked.orElse(0) : kind.grace(object, asked).orElse(0);
        boolean held = heldByAnyone(kind, object);
        if (going && pending > 0) {
            shorten(metadata, pending, grace);
        }
        boolean now = grace == 0 && !held;
        if (!going && (!now || kind.grace(object, asked).isPresent())) {
            metadata.put("deletionTimestamp", engine.metadata().timestamp(grace));
            metadata.put("deletionGracePeriodSeconds", grace);
            if (Tree.number(metadata, 0, "generation") > 0) {
                Metadata.bumpGeneration(object);
            }
            kind.terminating(object);
        }
        return now;
    }

    /// No time at all is never meant by less than none.
    private static OptionalLong asked(DeleteOptions options) {
        var seconds = options.graceSeconds();
        return seconds == null ? OptionalLong.empty() : OptionalLong.of(seconds < 0 ? 1 : seconds);
    }

    /// The time runs from when the deletion was first asked for.
    private static void shorten(ObjectNode metadata, long from, long to) {
        var end = Instant.parse(Tree.text(metadata, "deletionTimestamp"));
        metadata.put("deletionTimestamp", end.minusSeconds(from - to).toString());
        metadata.put("deletionGracePeriodSeconds", to);
    }

    private static boolean heldByAnyone(Kind kind, ObjectNode object) {
        return !Tree.texts(object, "metadata", "finalizers").isEmpty() || kind.held(object);
    }

    /// What is answered when nothing is left: most kinds get a Status that names what went.
    private static ObjectNode gone(Kind kind, ResourceType type, ObjectNode object) {
        if (kind.answersDeleted()) {
            return object;
        }
        var status = Tree.empty().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        var details = status.putObject("details");
        details.put("name", Tree.text(object, "metadata", "name"));
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        details.put("kind", type.plural());
        Optional.of(Tree.text(object, "metadata", "uid"))
                .filter(uid -> !uid.isEmpty())
                .ifPresent(uid -> details.put("uid", uid));
        return status;
    }
}

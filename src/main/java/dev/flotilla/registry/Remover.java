package dev.flotilla.registry;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.DeleteOptions.Propagation;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.tree.Tree;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Deletes: at once, or by marking an object that something still holds.
final class Remover {
    private static final String ORPHAN = "orphan";
    private static final String FOREGROUND = "foregroundDeletion";

    private final Engine engine;

    Remover(Engine engine) {
        this.engine = engine;
    }

    /// Whether the object is marked as deleted and nothing holds it any more.
    static boolean ended(Kind kind, ObjectNode object) {
        return Tree.has(object, "metadata", "deletionTimestamp")
                && Tree.number(object, 0, "metadata", "deletionGracePeriodSeconds") == 0
                && !heldByAnyone(kind, object);
    }

    /// @return what the API answers: the object if it is still there, else mostly a Status
    ObjectNode delete(ResourceType type, ObjectKey key, DeleteOptions options) {
        var kind = engine.kind(type);
        var object = removed(type, key, options);
        boolean there = Tree.has(object, "metadata", "deletionTimestamp") && !ended(kind, object);
        return there ? engine.version(type).shown(object) : gone(kind, type, object);
    }

    /// @return the object as it is marked, or as it last was
    ObjectNode removed(ResourceType type, ObjectKey key, DeleteOptions options) {
        var kind = engine.kind(type);
        for (int i = 0; i < Engine.TRIES; i++) {
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
                return next;
            }
            var written = now ? engine.remove(entry, next) : engine.replace(entry, next);
            if (written.isPresent()) {
                return written.get();
            }
        }
        throw ApiFailure.conflict(type, key.name());
    }

    private static void checkPreconditions(
            ResourceType type, ObjectKey key, ObjectNode object, DeleteOptions options) {
        var uid = Tree.text(object, "metadata", "uid");
        if (options.uid() != null && !options.uid().equals(uid)) {
            throw ApiFailure.conflict(
                    type,
                    key.name(),
                    "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                            .formatted(options.uid(), uid));
        }
        var revision = Tree.text(object, "metadata", "resourceVersion");
        if (options.resourceVersion() != null && !options.resourceVersion().equals(revision)) {
            throw ApiFailure.conflict(
                    type,
                    key.name(),
                    ("Precondition failed: ResourceVersion in precondition: %s, ResourceVersion in"
                                    + " object meta: %s")
                            .formatted(options.resourceVersion(), revision));
        }
    }

    /// @return whether the object goes at once; else `object` is changed to say that it is to go
    private boolean mark(Kind kind, ObjectNode object, DeleteOptions options) {
        finalizers(object, options.propagation());
        var asked =
                options.graceSeconds() == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(options.graceSeconds());
        long grace = kind.grace(object, asked).orElse(0);
        if (grace == 0 && !heldByAnyone(kind, object)) {
            return true;
        }
        var metadata = Tree.child(object, "metadata");
        if (Tree.has(metadata, "deletionTimestamp")) {
            shorten(metadata, grace);
            return false;
        }
        metadata.put("deletionTimestamp", engine.metadata().timestamp(grace));
        metadata.put("deletionGracePeriodSeconds", grace);
        if (kind.generation()) {
            Metadata.bumpGeneration(object);
        }
        kind.terminating(object);
        return false;
    }

    private void shorten(ObjectNode metadata, long grace) {
        if (grace < Tree.number(metadata, 0, "deletionGracePeriodSeconds")) {
            metadata.put("deletionTimestamp", engine.metadata().timestamp(grace));
            metadata.put("deletionGracePeriodSeconds", grace);
        }
    }

    /// The two finalizers by which the garbage collector knows what becomes of what is owned.
    private static void finalizers(ObjectNode object, @Nullable Propagation propagation) {
        if (propagation == null) {
            return;
        }
        var metadata = Tree.child(object, "metadata");
        var wanted = new ArrayList<>(Tree.texts(metadata, "finalizers"));
        wanted.removeAll(List.of(ORPHAN, FOREGROUND));
        switch (propagation) {
            case ORPHAN -> wanted.add(ORPHAN);
            case FOREGROUND -> wanted.add(FOREGROUND);
            case BACKGROUND -> {}
        }
        if (wanted.isEmpty()) {
            metadata.remove("finalizers");
        } else {
            var list = metadata.putArray("finalizers");
            wanted.forEach(list::add);
        }
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

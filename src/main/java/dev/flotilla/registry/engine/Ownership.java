package dev.flotilla.registry.engine;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.Subresource;
import dev.flotilla.registry.WriteOptions;
import dev.flotilla.registry.apply.Applying;
import dev.flotilla.registry.apply.Conflict;
import dev.flotilla.registry.apply.Tracking;
import dev.flotilla.registry.apply.Typing;
import dev.flotilla.registry.apply.Writer;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.registry.schema.ApplyTypes;
import dev.flotilla.registry.tree.Tree;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Locale;

/// Who owns which field of what is written: keeps `metadata.managedFields`. Writers without a name
/// leave no trace; they are the loops of this process where they make things and report how things
/// are, so that tracking costs only what people and their tools write.
public record Ownership(ApplyTypes types, Metadata metadata) {
    private static final String FIELD = "managedFields";

    /// Notes who made an object.
    public void created(Version version, ObjectNode object, WriteOptions options) {
        if (options.fieldManager().isEmpty()) {
            set(object, null);
        } else {
            var by = writer(version, Subresource.NONE, options);
            set(
                    object,
                    Tracking.created(types.of(version.type().model()), sent(version, object), by));
        }
    }

    /// @param next with what was sent of the entries, or else with those of `before`
    public void updated(
            Version version,
            Subresource part,
            ObjectNode before,
            ObjectNode next,
            WriteOptions options) {
        if (options.fieldManager().isEmpty()) {
            Tree.carry(Tree.child(before, "metadata"), Tree.child(next, "metadata"), FIELD);
        } else {
            var by = writer(version, part, options);
            set(
                    next,
                    Tracking.updated(
                            types.of(version.type().model()),
                            seen(version, before),
                            seen(version, next),
                            by));
        }
    }

    /// Merges what a manager wants into what is there.
    ///
    /// @param live empty if there is none yet
    /// @return a new object, with its entries
    /// @throws ApiFailure 409 if others own what gets another value; 400 if it can't be told what
    ///   is wanted
    public ObjectNode applied(
            Version version,
            Subresource part,
            ObjectNode live,
            ObjectNode wanted,
            boolean force,
            WriteOptions options) {
        var type = types.of(version.type().model());
        var own = ownPart(version, part, wanted);
        Typing.problem(type, own)
                .ifPresent(
                        why -> {
                            throw ApiFailure.untyped(version.type(), own, why);
                        });
        try {
            var applied = new Applying(type, writer(version, part, options)).to(live, own, force);
            set(applied.object(), applied.managedFields());
            return applied.object();
        } catch (Conflict e) {
            throw ApiFailure.applyConflict(String.valueOf(e.getMessage()), e.causes());
        }
    }

    /// Without its status, which creations can't set.
    private static ObjectNode sent(Version version, ObjectNode object) {
        var sent = Tree.empty();
        sent.setAll(seen(version, object));
        if (version.type().hasStatus()) {
            sent.remove("status");
        }
        return sent;
    }

    /// The object in the version that is written; as it is where it is kept in that one.
    private static ObjectNode seen(Version version, ObjectNode kept) {
        return Tree.text(kept, "apiVersion").equals(version.type().apiVersion())
                ? kept
                : version.shown(kept.deepCopy());
    }

    /// Without what a write to this part of the object can't change.
    private static ObjectNode ownPart(Version version, Subresource part, ObjectNode wanted) {
        var own = wanted.deepCopy();
        switch (part) {
            case NONE -> {
                if (version.type().hasStatus()) {
                    own.remove("status");
                }
            }
            case STATUS -> {
                own.retain("apiVersion", "kind", "metadata", "status");
                if (own.path("metadata") instanceof ObjectNode metadata) {
                    metadata.remove(List.of("finalizers", "ownerReferences"));
                }
            }
            case SCALE, FINALIZE, EPHEMERAL_CONTAINERS, RESIZE -> {}
        }
        return own;
    }

    private Writer writer(Version version, Subresource part, WriteOptions options) {
        return new Writer(
                options.fieldManager(),
                version.type().apiVersion(),
                part == Subresource.NONE
                        ? ""
                        : part.name().replace("_", "").toLowerCase(Locale.ROOT),
                metadata.timestamp(0));
    }

    private static void set(ObjectNode object, @Nullable ArrayNode entries) {
        var metadata = Tree.child(object, "metadata");
        if (entries == null || entries.isEmpty()) {
            metadata.remove(FIELD);
        } else {
            metadata.set(FIELD, entries);
        }
    }
}

package dev.flotilla.registry.write;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.Applied;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Subresource;
import dev.flotilla.registry.WriteOptions;
import dev.flotilla.registry.engine.Engine;
import dev.flotilla.registry.engine.Scales;
import dev.flotilla.registry.keep.Commits;
import dev.flotilla.registry.tree.Duplicates;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

/// Server-side apply: makes the object or changes it, as far as others don't own what is wanted.
public final class Applier {
    private final Engine engine;
    private final Creator creator;
    private final Editor editor;

    public Applier(Engine engine, Creator creator, Editor editor) {
        this.engine = engine;
        this.creator = creator;
        this.editor = editor;
    }

    /// @param wanted of the kind, or for that part a Scale
    public Applied apply(
            ResourceType type,
            ObjectKey key,
            Subresource part,
            ObjectNode wanted,
            boolean force,
            WriteOptions asked) {
        var options = withoutDuplicates(asked);
        checkKind(type, part, wanted);
        if (Tree.has(wanted, "metadata", "managedFields")) {
            throw ApiFailure.badRequest("metadata.managedFields must be nil");
        }
        for (int i = 0; i < Commits.TRIES; i++) {
            if (part != Subresource.NONE
                    || engine.shelf().find(engine.kind(type).type(), key).isPresent()) {
                var own = part == Subresource.SCALE ? replicas(type, wanted) : wanted;
                return new Applied(
                        editor.apply(type, key, part, own, force, options).tree(), false);
            }
            try {
                return new Applied(create(type, key, wanted, options), true);
            } catch (ApiFailure e) {
                if (!e.reason().equals("AlreadyExists")) {
                    throw e;
                }
            }
        }
        throw ApiFailure.conflict(type, key.name());
    }

    /// Tells of what was given twice, which is then done with.
    private static WriteOptions withoutDuplicates(WriteOptions options) {
        var lines = options.duplicates().lines();
        if (!lines.isEmpty()) {
            switch (options.fieldValidation()) {
                case IGNORE -> {}
                case WARN -> lines.forEach(options.warnings());
                case STRICT ->
                        throw ApiFailure.badRequest(
                                "error strict decoding YAML: error converting YAML to JSON: yaml:"
                                        + " unmarshal errors:\n  "
                                        + String.join("\n  ", lines));
            }
        }
        return options.with(Duplicates.NONE);
    }

    private static void checkKind(ResourceType type, Subresource part, ObjectNode wanted) {
        boolean scale = part == Subresource.SCALE;
        var version = scale ? "autoscaling/v1" : type.apiVersion();
        var kind = scale ? "Scale" : type.kind();
        var saidVersion = Tree.text(wanted, "apiVersion");
        var saidKind = Tree.text(wanted, "kind");
        if (!saidVersion.equals(version) || !saidKind.equals(kind)) {
            throw ApiFailure.badRequest(
                    "invalid object type: %s, Kind=%s"
                            .formatted(
                                    saidVersion.contains("/") ? saidVersion : "/" + saidVersion,
                                    saidKind));
        }
    }

    private ObjectNode create(
            ResourceType type, ObjectKey key, ObjectNode wanted, WriteOptions options) {
        Identities.named(key, wanted);
        var uid = Tree.text(wanted, "metadata", "uid");
        if (!uid.isEmpty()) {
            throw ApiFailure.conflict(
                    type,
                    key.name(),
                    ("uid mismatch: the provided object specified uid %s, and no existing object"
                                    + " was found")
                            .formatted(uid));
        }
        var object =
                engine.ownership()
                        .applied(
                                engine.version(type),
                                Subresource.NONE,
                                Tree.empty(),
                                wanted,
                                true,
                                options);
        return creator.createApplied(type, key.namespace(), object, options).tree();
    }

    /// The object of which a Scale is the view, as far as the Scale says something of it.
    private static ObjectNode replicas(ResourceType type, ObjectNode scale) {
        var object = Tree.empty().put("apiVersion", type.apiVersion()).put("kind", type.kind());
        if (scale.path("metadata") instanceof ObjectNode metadata) {
            object.set(
                    "metadata",
                    metadata.deepCopy().retain("name", "namespace", "uid", "resourceVersion"));
        }
        if (Tree.has(scale, "spec", "replicas")) {
            Scales.checkReplicas(type, scale);
            object.putObject("spec").set("replicas", scale.path("spec").path("replicas"));
        }
        return object;
    }
}

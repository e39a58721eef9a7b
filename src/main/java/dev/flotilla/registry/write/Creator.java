package dev.flotilla.registry.write;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Shown;
import dev.flotilla.registry.Subresource;
import dev.flotilla.registry.WriteOptions;
import dev.flotilla.registry.advice.Advice;
import dev.flotilla.registry.engine.Engine;
import dev.flotilla.registry.keep.Commits;
import dev.flotilla.registry.keep.Shelf;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Makes new objects.
public final class Creator {
    private final Engine engine;

    public Creator(Engine engine) {
        this.engine = engine;
    }

    /// @param namespace empty for a cluster-scoped kind
    public Shown create(
            ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
        var version = engine.version(type);
        return create(
                type,
                namespace,
                body,
                options,
                object -> engine.ownership().created(version, object, options));
    }

    /// @param body that brings along who owns what of it
    Shown createApplied(
            ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
        return create(type, namespace, body, options, _ -> {});
    }

    /// @param own writes down who owns what of it, before anything is added to what was asked for
    private Shown create(
            ResourceType type,
            String namespace,
            ObjectNode body,
            WriteOptions options,
            Consumer<ObjectNode> own) {
        var version = engine.version(type);
        var kind = engine.kind(type);
        var next = given(version, namespace, body, options);
        var wanted = Tree.child(next, "metadata");
        var base = Tree.text(wanted, "generateName");
        boolean generated = Tree.text(wanted, "name").isEmpty() && !base.isEmpty();
        for (int i = 0; ; i++) {
            if (i > 0) {
                next = given(version, namespace, body, options.silent());
            }
            if (generated) {
                Tree.child(next, "metadata").put("name", engine.metadata().generated(base));
            }
            kind.defaults(next);
            own.accept(next);
            engine.fill(kind.type(), null, next);
            settle(kind, version, next);
            engine.check(kind.type(), null, next);
            options.approval().look(null, next);
            Advice.ofNew(next).forEach(options.warnings());
            var name = Tree.text(next, "metadata", "name");
            var written = store(kind, version, new ObjectKey(namespace, name), next, options);
            if (written.isPresent()) {
                return written.get();
            }
            boolean there =
                    engine.shelf().find(kind.type(), new ObjectKey(namespace, name)).isPresent();
            if ((there && !generated) || i == Commits.TRIES) {
                throw ApiFailure.alreadyExists(type, name);
            }
        }
    }

    /// What was sent, looked at and copied, as its kind keeps it.
    private ObjectNode given(
            Version version, String namespace, ObjectNode body, WriteOptions options) {
        var given = body.deepCopy();
        engine.bodies().check(version.type(), Subresource.NONE, given, options);
        var object = version.kept(given);
        var metadata = Tree.child(object, "metadata");
        if (!Tree.text(metadata, "resourceVersion").isEmpty()) {
            throw ApiFailure.badRequest(
                    "resourceVersion should not be set on objects to be created");
        }
        Identities.namespace(namespace, object);
        place(version.type(), namespace, metadata);
        return object;
    }

    /// What was sent of a kind that is answered and not kept, filled in and checked.
    public ObjectNode checked(ResourceType type, ObjectNode body, WriteOptions options) {
        var kind = engine.kind(type);
        var object = body.deepCopy();
        engine.bodies().check(type, Subresource.NONE, object, options);
        object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        kind.defaults(object);
        var problems = new Problems();
        kind.validate(object, problems);
        if (!problems.all().isEmpty()) {
            throw ApiFailure.invalid(type, Tree.text(object, "metadata", "name"), problems.all());
        }
        return object;
    }

    private static void place(ResourceType type, String namespace, ObjectNode metadata) {
        if (type.namespaced()) {
            metadata.put("namespace", namespace);
        } else {
            metadata.remove("namespace");
        }
    }

    private void settle(Kind kind, Version version, ObjectNode object) {
        object.put("apiVersion", kind.type().apiVersion()).put("kind", kind.type().kind());
        engine.metadata().born(object, kind.generation());
        if (kind.type().hasStatus() && !kind.statusAtBirth()) {
            object.remove("status");
        }
        kind.defaults(object);
        kind.prepareCreate(object);
        var problems = new Problems();
        MetadataRules.check(kind, object, problems);
        version.validate(object, problems);
        version.validateCreate(object, problems);
        if (!problems.all().isEmpty()) {
            throw ApiFailure.invalid(
                    kind.type(), Tree.text(object, "metadata", "name"), problems.all());
        }
    }

    private Optional<Shown> store(
            Kind kind, Version version, ObjectKey key, ObjectNode object, WriteOptions options) {
        if (options.dryRun()) {
            engine.rehearse(Shelf.place(kind.type(), key), object);
            return engine.shelf().find(kind.type(), key).isPresent()
                    ? Optional.empty()
                    : Optional.of(new Shown(version.shown(object)));
        }
        var places = new ArrayList<String>();
        var objects = new ArrayList<ObjectNode>();
        places.add(Shelf.place(kind.type(), key));
        objects.add(object);
        for (var other : kind.companions(object)) {
            var otherKind = engine.catalog().of(other.model());
            settle(otherKind, Version.own(otherKind), other.object());
            places.add(
                    Shelf.place(otherKind.type(), new ObjectKey(other.namespace(), other.name())));
            objects.add(other.object());
        }
        return engine.add(places, List.copyOf(objects)).map(e -> new Shown(e, version));
    }
}

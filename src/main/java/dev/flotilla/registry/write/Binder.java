package dev.flotilla.registry.write;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.Problem;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Shown;
import dev.flotilla.registry.engine.Engine;
import dev.flotilla.registry.keep.Commits;
import dev.flotilla.registry.keep.Shelf;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Pod;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Gives a pod its node, once.
public final class Binder {
    private final Engine engine;

    public Binder(Engine engine) {
        this.engine = engine;
    }

    /// @param revision that the pod must have; 0 for any
    /// @return the pod as bound
    public Shown bind(ObjectKey key, ObjectNode binding, long revision) {
        var type = engine.catalog().of(Pod.class).type();
        var node = Tree.text(binding, "target", "name");
        if (node.isEmpty()) {
            throw ApiFailure.invalid(
                    type, key.name(), List.of(Problem.required("target.name", "")));
        }
        for (int i = 0; i < Commits.TRIES; i++) {
            var entry = engine.shelf().entry(type, key);
            if (revision != 0 && entry.revision() != revision) {
                throw ApiFailure.conflict(type, key.name());
            }
            var pod = Shelf.tree(entry);
            check(type, key, pod, binding);
            var written = engine.replace(entry, pod, bound(pod, node, binding));
            if (written.isPresent()) {
                return new Shown(written.get(), engine.version(type));
            }
        }
        throw ApiFailure.conflict(type, key.name());
    }

    private static void check(
            ResourceType type, ObjectKey key, ObjectNode pod, ObjectNode binding) {
        Identities.uid(type, key, pod, Tree.text(binding, "metadata", "uid"));
        if (Tree.has(pod, "metadata", "deletionTimestamp")) {
            throw ApiFailure.conflict(
                    type,
                    key.name(),
                    "pod %s is being deleted, cannot be assigned to a host".formatted(key.name()));
        }
        var already = Tree.text(pod, "spec", "nodeName");
        if (!already.isEmpty()) {
            throw ApiFailure.conflict(
                    type,
                    key.name(),
                    "pod %s is already assigned to node \"%s\"".formatted(key.name(), already));
        }
        if (!Tree.at(pod, "spec", "schedulingGates").isEmpty()) {
            throw ApiFailure.conflict(
                    type,
                    key.name(),
                    "pod %s has non-empty .spec.schedulingGates".formatted(key.name()));
        }
    }

    /// What is not said anew is the same tree as before.
    private ObjectNode bound(ObjectNode pod, String node, ObjectNode binding) {
        var bound = Tree.shallow(pod);
        Tree.own(bound, "spec").put("nodeName", node);
        if (binding.path("metadata").path("annotations") instanceof ObjectNode annotations) {
            Tree.own(Tree.own(bound, "metadata"), "annotations").setAll(annotations);
        }
        var status = Tree.own(bound, "status");
        var conditions = Tree.list();
        Tree.objects(status, "conditions").stream()
                .filter(c -> !Tree.text(c, "type").equals("PodScheduled"))
                .forEach(conditions::add);
        conditions
                .addObject()
                .put("type", "PodScheduled")
                .put("status", "True")
                .put("lastTransitionTime", engine.metadata().timestamp(0));
        status.set("conditions", conditions);
        return bound;
    }
}

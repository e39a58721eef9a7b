package dev.flotilla.registry;

import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What a cluster has from its first moment.
final class Seeds {
    private static final List<String> NAMESPACES =
            List.of(
                    "default",
                    "kube-node-lease",
                    "kube-public",
                    "kube-system",
                    Marks.SYSTEM_NAMESPACE);

    private static final List<Priority> PRIORITIES =
            List.of(
                    new Priority(
                            "system-cluster-critical",
                            2_000_000_000,
                            "For pods that the cluster can't do without, on any node."),
                    new Priority(
                            "system-node-critical",
                            2_000_001_000,
                            "For pods that their node can't do without."));

    private final Engine engine;
    private final Creator creator;

    private record Priority(String name, int value, String description) {}

    Seeds(Engine engine, Creator creator) {
        this.engine = engine;
        this.creator = creator;
    }

    void plant() {
        for (var name : NAMESPACES) {
            plant(Namespace.class, Tree.empty(), name);
        }
        for (var p : PRIORITIES) {
            var object = Tree.empty().put("value", p.value()).put("description", p.description());
            plant(PriorityClass.class, object, p.name());
        }
    }

    private void plant(Class<? extends HasMetadata> model, ObjectNode object, String name) {
        var type = engine.catalog().of(model).type();
        if (engine.shelf().find(type, ObjectKey.of(name)).isEmpty()) {
            object.putObject("metadata").put("name", name);
            creator.create(type, "", object, WriteOptions.PLAIN);
        }
    }
}

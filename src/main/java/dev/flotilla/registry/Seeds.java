package dev.flotilla.registry;

import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Namespace;

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

    private final Engine engine;
    private final Creator creator;

    Seeds(Engine engine, Creator creator) {
        this.engine = engine;
        this.creator = creator;
    }

    void plant() {
        var type = engine.catalog().of(Namespace.class).type();
        for (var name : NAMESPACES) {
            if (engine.shelf().find(type, ObjectKey.of(name)).isEmpty()) {
                var namespace = Tree.empty();
                namespace.putObject("metadata").put("name", name);
                creator.create(type, "", namespace, WriteOptions.PLAIN);
            }
        }
    }
}

package dev.flotilla.registry.write;

import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.Subresource;
import dev.flotilla.registry.WriteOptions;
import dev.flotilla.registry.engine.Engine;
import dev.flotilla.registry.keep.Shelf;
import dev.flotilla.registry.kinds.rbac.DefaultBindings;
import dev.flotilla.registry.kinds.rbac.DefaultRoles;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.storage.StorageClass;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What a cluster has from its first moment.
public final class Seeds {
    private static final List<String> NAMESPACES =
            List.of(
                    "default",
                    "kube-node-lease",
                    "kube-public",
                    "kube-system",
                    Marks.SYSTEM_NAMESPACE);

    private static final String STORAGE_MARK = "storageclass.kubernetes.io/is-default-class";
    private static final String INGRESS_MARK = "ingressclass.kubernetes.io/is-default-class";
    private static final String SERVER = "kubernetes";
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
    private final Editor editor;
    private final String first;

    private record Priority(String name, int value, String description) {}

    /// @param first the address of the API server's own service
    public Seeds(Engine engine, Creator creator, Editor editor, String first) {
        this.engine = engine;
        this.creator = creator;
        this.editor = editor;
        this.first = first;
    }

    /// Makes what is missing of it.
    public void plant() {
        for (var name : NAMESPACES) {
            plant(Namespace.class, Tree.empty(), name);
        }
        for (var p : PRIORITIES) {
            var object = Tree.empty().put("value", p.value()).put("description", p.description());
            plant(PriorityClass.class, object, p.name());
        }
        plant(StorageClass.class, storage(), Marks.LOCAL_CLASS);
        plant(IngressClass.class, ingress(), Marks.INGRESS_CLASS);
        plant(Service.class, server(), SERVER);
        plant(Endpoints.class, Tree.empty(), SERVER);
        DefaultRoles.all().forEach(r -> restore(ClusterRole.class, r));
        DefaultBindings.all().forEach(b -> restore(ClusterRoleBinding.class, b));
    }

    /// Rights that someone took away come back, as they do in Kubernetes at each start.
    private void restore(Class<? extends HasMetadata> model, ObjectNode wanted) {
        var type = engine.catalog().of(model).type();
        var key = new ObjectKey("", Tree.text(wanted, "metadata", "name"));
        var present = engine.shelf().find(type, key);
        if (present.isEmpty()) {
            creator.create(type, "", wanted, WriteOptions.PLAIN);
            return;
        }
        DefaultBindings.restored(Shelf.tree(present.get()), wanted)
                .ifPresent(o -> editor.update(type, key, Subresource.NONE, o, WriteOptions.PLAIN));
    }

    /// How pods find the API server.
    private ObjectNode server() {
        var service = Tree.empty();
        service.putObject("metadata")
                .putObject("labels")
                .put("component", "apiserver")
                .put("provider", "kubernetes");
        service.putObject("spec")
                .put("clusterIP", first)
                .putArray("ports")
                .addObject()
                .put("name", "https")
                .put("port", 443)
                .put("targetPort", 6443);
        return service;
    }

    private ObjectNode storage() {
        var object = Tree.empty().put("provisioner", Marks.LOCAL_PROVISIONER);
        object.put("volumeBindingMode", "WaitForFirstConsumer");
        return marked(StorageClass.class, STORAGE_MARK, object);
    }

    private ObjectNode ingress() {
        var object = Tree.empty();
        object.putObject("spec").put("controller", Marks.INGRESS_CONTROLLER);
        return marked(IngressClass.class, INGRESS_MARK, object);
    }

    /// The default, unless someone has marked another.
    private ObjectNode marked(Class<? extends HasMetadata> model, String mark, ObjectNode object) {
        var classes = engine.catalog().of(model).type();
        boolean marked =
                engine.store().list(Shelf.prefix(classes, "")).entries().stream()
                        .map(Shelf::tree)
                        .anyMatch(
                                c -> Tree.text(c, "metadata", "annotations", mark).equals("true"));
        if (!marked) {
            object.putObject("metadata").putObject("annotations").put(mark, "true");
        }
        return object;
    }

    private void plant(Class<? extends HasMetadata> model, ObjectNode object, String name) {
        var type = engine.catalog().of(model).type();
        var namespace = type.namespaced() ? "default" : "";
        if (engine.shelf().find(type, new ObjectKey(namespace, name)).isEmpty()) {
            Tree.child(object, "metadata").put("name", name);
            creator.create(type, namespace, object, WriteOptions.PLAIN);
        }
    }
}

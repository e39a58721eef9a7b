package dev.flotilla.registry.kinds.extension;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;

import java.util.List;

/// Only read: kubectl asks here whether a kind is someone's own before it sends one.
final class CustomResourceDefinitions implements Kind {
    private static final ResourceType TYPE =
            Types.of(
                            "apiextensions.k8s.io/v1",
                            "customresourcedefinitions",
                            CustomResourceDefinition.class)
                    .shortNames("crd", "crds")
                    .clusterScoped()
                    .verbs("get", "list", "watch")
                    .build();

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text(
                        "Created At",
                        "When it was made.",
                        (o, _) -> Tree.text(o, "metadata", "creationTimestamp")));
    }
}

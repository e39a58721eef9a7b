package dev.flotilla.registry.admission;

import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.api.model.storage.StorageClass;

import tools.jackson.databind.node.ObjectNode;

import java.util.Comparator;
import java.util.List;

/// Claims and ingresses that name no class get the one that is marked as the default; of several,
/// the newest.
final class DefaultClasses implements Step {
    private static final List<String> STORAGE_MARKS =
            List.of(
                    "storageclass.kubernetes.io/is-default-class",
                    "storageclass.beta.kubernetes.io/is-default-class");
    private static final List<String> INGRESS_MARKS =
            List.of("ingressclass.kubernetes.io/is-default-class");
    private static final Comparator<ObjectNode> NEWEST_LAST =
            Comparator.<ObjectNode, String>comparing(
                            c -> Tree.text(c, "metadata", "creationTimestamp"))
                    .thenComparing(
                            c -> Tree.text(c, "metadata", "name"), Comparator.reverseOrder());

    @Override
    public void fill(Attempt attempt, Surroundings around) {
        if (!attempt.isNew()) {
            return;
        }
        if (attempt.of(PersistentVolumeClaim.class)
                && unnamed(
                        attempt, "storageClassName", "volume.beta.kubernetes.io/storage-class")) {
            name(attempt, "storageClassName", StorageClass.class, STORAGE_MARKS, around);
        } else if (attempt.of(Ingress.class)
                && unnamed(attempt, "ingressClassName", "kubernetes.io/ingress.class")) {
            name(attempt, "ingressClassName", IngressClass.class, INGRESS_MARKS, around);
        }
    }

    private static boolean unnamed(Attempt attempt, String field, String annotation) {
        return !Tree.has(attempt.object(), "spec", field)
                && !Tree.has(attempt.object(), "metadata", "annotations", annotation);
    }

    private static void name(
            Attempt attempt,
            String field,
            Class<? extends HasMetadata> kind,
            List<String> marks,
            Surroundings around) {
        around.list(kind, "").stream()
                .filter(
                        c ->
                                marks.stream()
                                        .anyMatch(
                                                m ->
                                                        Tree.text(c, "metadata", "annotations", m)
                                                                .equals("true")))
                .max(NEWEST_LAST)
                .ifPresent(c -> attempt.spec().put(field, Tree.text(c, "metadata", "name")));
    }
}

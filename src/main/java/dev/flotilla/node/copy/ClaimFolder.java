package dev.flotilla.node.copy;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where a claim's volume lies.
///
/// @param node the name of its Node
/// @param path of the folder there
record ClaimFolder(String node, String path) {
    private static final String HOST = "kubernetes.io/hostname";
    private static final Set<String> PLACES = Set.of(HOST, "metadata.name");
    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    /// @throws IllegalArgumentException if it lies nowhere, in words
    static ClaimFolder of(Cluster cluster, ObjectKey key) {
        var claim =
                cluster.get(PersistentVolumeClaim.class, key)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "there is no PersistentVolumeClaim %s/%s"
                                                        .formatted(key.namespace(), key.name())));
        var name = Objects.requireNonNullElse(claim.getSpec().getVolumeName(), "");
        var volume = cluster.get(PersistentVolume.class, ObjectKey.of(name));
        if (name.isEmpty() || volume.isEmpty()) {
            throw new IllegalArgumentException(
                    "the claim %s/%s has no volume yet: it gets one with the first pod that uses it"
                            .formatted(key.namespace(), key.name()));
        }
        var path =
                path(volume.get())
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "the volume %s does not lie in a folder of a node"
                                                        .formatted(name)));
        return new ClaimFolder(node(cluster, volume.get()), path);
    }

    private static Optional<String> path(PersistentVolume volume) {
        var spec = volume.getSpec();
        if (spec.getLocal() != null) {
            return Optional.of(spec.getLocal().getPath());
        }
        return Optional.ofNullable(spec.getHostPath()).map(p -> p.getPath());
    }

    private static String node(Cluster cluster, PersistentVolume volume) {
        var affinity = volume.getSpec().getNodeAffinity();
        var terms =
                affinity == null || affinity.getRequired() == null
                        ? Stream.<NodeSelectorRequirement>empty()
                        : affinity.getRequired().getNodeSelectorTerms().stream()
                                .flatMap(
                                        t ->
                                                Stream.concat(
                                                        t.getMatchExpressions().stream(),
                                                        t.getMatchFields().stream()));
        var place =
                terms.filter(e -> PLACES.contains(e.getKey()) && e.getValues().size() == 1)
                        .map(e -> e.getValues().getFirst())
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "the volume %s is not of one node: its nodeAffinity does not say which"
                                                        .formatted(
                                                                volume.getMetadata().getName())));
        return cluster.list(Node.class).items().stream()
                .filter(n -> place.equals(host(n)) || place.equals(n.getMetadata().getName()))
                .map(n -> n.getMetadata().getName())
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the node %s of the volume %s is not there"
                                                .formatted(place, volume.getMetadata().getName())));
    }

    private static String host(Node node) {
        var labels = node.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(HOST, "");
    }

    /// The names of the pods that may write to it now: all that use the claim and have not ended.
    static List<String> users(Cluster cluster, ObjectKey claim) {
        return cluster.list(Pod.class).items().stream()
                .filter(p -> p.getMetadata().getNamespace().equals(claim.namespace()))
                .filter(p -> p.getSpec().getNodeName() != null)
                .filter(p -> p.getStatus() == null || !OVER.contains(p.getStatus().getPhase()))
                .filter(p -> uses(p, claim.name()))
                .map(p -> p.getMetadata().getName())
                .sorted()
                .toList();
    }

    private static boolean uses(Pod pod, String claim) {
        return pod.getSpec().getVolumes().stream()
                .anyMatch(
                        v ->
                                (v.getPersistentVolumeClaim() != null
                                                && claim.equals(
                                                        v.getPersistentVolumeClaim()
                                                                .getClaimName()))
                                        || (v.getEphemeral() != null
                                                && claim.equals(
                                                        pod.getMetadata().getName()
                                                                + "-"
                                                                + v.getName())));
    }
}

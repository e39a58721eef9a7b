package dev.flotilla.controllers.volume;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// A volume in a folder of one node: `spec.local.path` is where, `spec.nodeAffinity` names the node
/// by its label `kubernetes.io/hostname`, or by its name where it has none. The node makes the
/// folder when a pod first mounts it, and removes folders whose volume is gone.
record LocalVolume(PersistentVolumeClaim claim, StorageClass type) {
    private static final String HOST = "kubernetes.io/hostname";
    private static final String NAME = "metadata.name";

    /// The same for the same claim, so that it is made once.
    String name() {
        return "pvc-" + Bonds.uid(claim);
    }

    PersistentVolume on(Node node) {
        var blank =
                new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName(name())
                        .addToAnnotations(Bonds.MADE_BY, Marks.LOCAL_PROVISIONER)
                        .endMetadata()
                        .withNewSpec()
                        .withCapacity(claim.getSpec().getResources().getRequests())
                        .withAccessModes(claim.getSpec().getAccessModes())
                        .withVolumeMode(claim.getSpec().getVolumeMode())
                        .withStorageClassName(type.getMetadata().getName())
                        .withPersistentVolumeReclaimPolicy(
                                Objects.requireNonNullElse(type.getReclaimPolicy(), "Delete"))
                        .withMountOptions(type.getMountOptions())
                        .withNewLocal(null, Marks.VOLUMES_FOLDER + "/" + name())
                        .withNewNodeAffinity()
                        .withNewRequired()
                        .withNodeSelectorTerms(only(node))
                        .endRequired()
                        .endNodeAffinity()
                        .endSpec()
                        .build();
        return Bonds.reserved(blank, claim);
    }

    private static NodeSelectorTerm only(Node node) {
        var host = Owners.labels(node).get(HOST);
        var one =
                new NodeSelectorRequirement(host == null ? NAME : HOST, "In", List.of(place(node)));
        return host == null
                ? new NodeSelectorTermBuilder().withMatchFields(one).build()
                : new NodeSelectorTermBuilder().withMatchExpressions(one).build();
    }

    static boolean ours(PersistentVolume volume) {
        return Marks.LOCAL_PROVISIONER.equals(Owners.notes(volume).get(Bonds.MADE_BY));
    }

    /// What its volumes call the node.
    static String place(Node node) {
        return Owners.labels(node).getOrDefault(HOST, node.getMetadata().getName());
    }

    /// What the volume calls its node; null when it names none.
    static @Nullable String place(PersistentVolume volume) {
        var affinity = volume.getSpec().getNodeAffinity();
        return affinity == null || affinity.getRequired() == null
                ? null
                : affinity.getRequired().getNodeSelectorTerms().stream()
                        .flatMap(
                                t ->
                                        Stream.concat(
                                                t.getMatchExpressions().stream(),
                                                t.getMatchFields().stream()))
                        .filter(e -> e.getKey().equals(HOST) || e.getKey().equals(NAME))
                        .map(NodeSelectorRequirement::getValues)
                        .map(List::getFirst)
                        .findFirst()
                        .orElse(null);
    }
}

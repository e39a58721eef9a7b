package dev.flotilla.controllers.volume;

import dev.flotilla.controllers.volume.Step.Word;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a claim can find around it.
interface ClaimWorld {
    Collection<PersistentVolume> volumes();

    Optional<PersistentVolume> volume(String name);

    Collection<StorageClass> types();

    Optional<StorageClass> type(String name);

    Collection<Node> nodes();

    Optional<Node> node(String name);

    /// The names of pods that mount the claim and have no node, sorted.
    List<String> waiting(PersistentVolumeClaim claim);

    /// The newest that is marked as the default.
    default Optional<String> defaultClass() {
        return types().stream()
                .filter(Classes::byDefault)
                .max(
                        Comparator.<StorageClass, String>comparing(
                                        t -> t.getMetadata().getCreationTimestamp())
                                .thenComparing(
                                        t -> t.getMetadata().getName(), Comparator.reverseOrder()))
                .map(t -> t.getMetadata().getName());
    }

    /// Why the claim is not bound yet, in Kubernetes' words.
    default Word waitsFor(PersistentVolumeClaim claim) {
        var pods = waiting(claim);
        if (pods.isEmpty()) {
            return Word.normal(
                    "WaitForFirstConsumer",
                    "waiting for first consumer to be created before binding");
        }
        return Word.normal(
                "WaitForPodScheduled",
                "waiting for %s %s to be scheduled"
                        .formatted(pods.size() > 1 ? "pods" : "pod", String.join(",", pods)));
    }
}

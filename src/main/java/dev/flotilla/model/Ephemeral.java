package dev.flotilla.model;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;

/// Volumes that a pod brings a claim of its own for.
public final class Ephemeral {
    private Ephemeral() {}

    /// The name of the claim for that volume of the pod.
    public static String claim(Pod pod, String volume) {
        return pod.getMetadata().getName() + "-" + volume;
    }

    /// Why the claim of that name is not the pod's, in Kubernetes' words; empty if it is.
    public static String conflict(Pod pod, PersistentVolumeClaim claim) {
        var owned =
                claim.getMetadata().getOwnerReferences().stream()
                        .anyMatch(
                                o ->
                                        Boolean.TRUE.equals(o.getController())
                                                && pod.getMetadata().getUid().equals(o.getUid()));
        return owned
                ? ""
                : "PVC %s/%s was not created for pod %s/%s (pod is not owner)"
                        .formatted(
                                claim.getMetadata().getNamespace(),
                                claim.getMetadata().getName(),
                                pod.getMetadata().getNamespace(),
                                pod.getMetadata().getName());
    }
}

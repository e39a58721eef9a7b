package dev.flotilla.controllers.stateful;

import dev.flotilla.controllers.owner.Owners;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;

/// With whom a StatefulSet's claims go: with the set, with the pod that is scaled away, or with
/// nobody. Said by owner references, so that the garbage collector does it.
record ClaimRetention(boolean withSet, boolean withPod) {

    static ClaimRetention of(StatefulSet set) {
        var policy = set.getSpec().getPersistentVolumeClaimRetentionPolicy();
        return policy == null
                ? new ClaimRetention(false, false)
                : new ClaimRetention(
                        "Delete".equals(policy.getWhenDeleted()),
                        "Delete".equals(policy.getWhenScaled()));
    }

    /// The claim as it is to be.
    ///
    /// @param condemned the pod that takes the claim with it, if one does
    PersistentVolumeClaim owned(
            PersistentVolumeClaim claim, StatefulSet set, @Nullable Pod condemned) {
        var owners = new ArrayList<OwnerReference>();
        for (var owner : claim.getMetadata().getOwnerReferences()) {
            boolean ours =
                    owner.getUid().equals(set.getMetadata().getUid())
                            || owner.getKind().equals("Pod");
            if (!ours) {
                owners.add(owner);
            }
        }
        if (withPod && condemned != null) {
            owners.add(owner(condemned));
        } else if (withSet) {
            owners.add(owner(set));
        }
        return owners.equals(claim.getMetadata().getOwnerReferences())
                ? claim
                : new PersistentVolumeClaimBuilder(claim)
                        .editMetadata()
                        .withOwnerReferences(owners)
                        .endMetadata()
                        .build();
    }

    private static OwnerReference owner(HasMetadata object) {
        return new OwnerReferenceBuilder(Owners.controlledBy(object))
                .withController(null)
                .withBlockOwnerDeletion(null)
                .build();
    }
}

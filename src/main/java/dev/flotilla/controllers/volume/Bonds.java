package dev.flotilla.controllers.volume;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/// How a volume says whose it is: a reference to the claim, with its uid once both agree.
public final class Bonds {
    /// On a claim: it was bound to its volume once.
    static final String COMPLETED = "pv.kubernetes.io/bind-completed";

    /// On either: a loop and no person chose the other.
    static final String BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";

    /// On a volume: who made it.
    static final String MADE_BY = Marks.PROVISIONED_BY;

    private Bonds() {}

    /// The volume, kept for the claim; the same when it is already.
    public static PersistentVolume reserved(PersistentVolume volume, PersistentVolumeClaim claim) {
        var ref = volume.getSpec().getClaimRef();
        if (ref != null && isOf(volume, claim) && Objects.equals(ref.getUid(), uid(claim))) {
            return volume;
        }
        var reserved =
                new PersistentVolumeBuilder(volume)
                        .editSpec()
                        .withNewClaimRef()
                        .withApiVersion("v1")
                        .withKind("PersistentVolumeClaim")
                        .withNamespace(claim.getMetadata().getNamespace())
                        .withName(claim.getMetadata().getName())
                        .withUid(uid(claim))
                        .withResourceVersion(claim.getMetadata().getResourceVersion())
                        .endClaimRef()
                        .endSpec();
        return isOf(volume, claim)
                ? reserved.build()
                : reserved.editMetadata()
                        .addToAnnotations(BY_CONTROLLER, "yes")
                        .endMetadata()
                        .build();
    }

    /// Whether the volume is the claim's, or kept for one of its name.
    static boolean isOf(PersistentVolume volume, PersistentVolumeClaim claim) {
        var ref = volume.getSpec().getClaimRef();
        return ref != null
                && key(ref).equals(ObjectKey.of(claim))
                && (unsaid(ref.getUid()) || ref.getUid().equals(uid(claim)));
    }

    static ObjectKey key(ObjectReference claim) {
        return new ObjectKey(claim.getNamespace(), claim.getName());
    }

    static boolean byController(PersistentVolume volume) {
        return Owners.notes(volume).containsKey(BY_CONTROLLER);
    }

    static boolean unsaid(@Nullable String word) {
        return word == null || word.isEmpty();
    }

    static String uid(PersistentVolumeClaim claim) {
        return claim.getMetadata().getUid();
    }
}

package dev.flotilla.controllers.volume;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.volume.Step.Word;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/// What one volume needs next, by Kubernetes' rules.
///
/// @param claim the one of the name that the volume is kept for, whether or not it is meant
record VolumePlan(PersistentVolume volume, Optional<PersistentVolumeClaim> claim, Instant now) {
    private static final Set<String> OVER = Set.of("Released", "Failed");

    Step next() {
        var ref = volume.getSpec().getClaimRef();
        if (ref == null || Bonds.unsaid(ref.getUid())) {
            return phase("Available", null);
        }
        var meant = claim.filter(c -> Bonds.uid(c).equals(ref.getUid()));
        if (meant.isEmpty()) {
            return released();
        }
        var name = meant.get().getSpec().getVolumeName();
        if (Bonds.unsaid(name)) {
            return new Step.Nothing();
        }
        return name.equals(volume.getMetadata().getName()) ? phase("Bound", null) : jilted(ref);
    }

    /// Its claim got another volume.
    private Step jilted(ObjectReference ref) {
        if (Owners.notes(volume).containsKey(Bonds.MADE_BY) && "Delete".equals(policy())) {
            return released();
        }
        var free = new PersistentVolumeBuilder(volume);
        return new Step.Put<>(
                volume,
                Bonds.byController(volume)
                        ? free.editMetadata()
                                .removeFromAnnotations(Bonds.BY_CONTROLLER)
                                .endMetadata()
                                .editSpec()
                                .withClaimRef(null)
                                .endSpec()
                                .build()
                        : free.editSpec()
                                .withNewClaimRef()
                                .withApiVersion(ref.getApiVersion())
                                .withKind(ref.getKind())
                                .withNamespace(ref.getNamespace())
                                .withName(ref.getName())
                                .endClaimRef()
                                .endSpec()
                                .build(),
                null);
    }

    private Step released() {
        if (!OVER.contains(phase())) {
            return phase("Released", null);
        }
        return switch (policy()) {
            case "Delete" -> remove();
            case "Recycle" ->
                    failed("VolumeFailedRecycle", "No recycler plugin found for the volume!");
            default -> new Step.Nothing();
        };
    }

    /// Whoever made it takes it away; what people made has nobody who could.
    private Step remove() {
        if (LocalVolume.ours(volume)) {
            return Owners.leaving(volume) ? new Step.Nothing() : new Step.Remove(volume);
        }
        return Owners.notes(volume).containsKey(Bonds.MADE_BY)
                ? new Step.Nothing()
                : failed(
                        "VolumeFailedDelete",
                        "error getting deleter volume plugin for volume \"%s\": no deletable volume plugin matched"
                                .formatted(volume.getMetadata().getName()));
    }

    private Step failed(String reason, String message) {
        return phase("Failed", Word.warning(reason, message));
    }

    private Step phase(String phase, @Nullable Word word) {
        if (phase.equals(phase())) {
            return new Step.Nothing();
        }
        var after =
                new PersistentVolumeBuilder(volume)
                        .editOrNewStatus()
                        .withPhase(phase)
                        .withMessage(word == null ? null : word.message())
                        .withLastPhaseTransitionTime(now.truncatedTo(ChronoUnit.SECONDS).toString())
                        .endStatus()
                        .build();
        return new Step.PutStatus<>(volume, after, word);
    }

    private String phase() {
        var status = volume.getStatus();
        return status == null || status.getPhase() == null ? "" : status.getPhase();
    }

    private String policy() {
        var policy = volume.getSpec().getPersistentVolumeReclaimPolicy();
        return policy == null ? "Retain" : policy;
    }
}

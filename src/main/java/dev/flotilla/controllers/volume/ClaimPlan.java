package dev.flotilla.controllers.volume;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.volume.Step.Word;
import dev.flotilla.schedule.facts.ClaimView;
import dev.flotilla.schedule.facts.VolumeView;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What one claim needs next, by Kubernetes' rules: its volume is chosen, then points to it, then
/// it to the volume, then it is told that it is bound.
///
/// @param world all volumes and classes there are
record ClaimPlan(PersistentVolumeClaim claim, ClaimWorld world) {
    private static final String LOST_NAME =
            "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!";
    private static final String LOST_VOLUME =
            "Bound claim has lost its PersistentVolume. Data on the volume is lost!";

    Step next() {
        var name = claim.getSpec().getVolumeName();
        boolean named = !Bonds.unsaid(name);
        if (Owners.notes(claim).containsKey(Bonds.COMPLETED)) {
            return named
                    ? world.volume(name)
                            .map(this::keep)
                            .orElseGet(() -> lost("ClaimLost", LOST_VOLUME))
                    : lost("ClaimLost", LOST_NAME);
        }
        return named
                ? world.volume(name).<Step>map(this::asked).orElseGet(Step.Nothing::new)
                : choose();
    }

    /// It was bound before.
    private Step keep(PersistentVolume volume) {
        var ref = volume.getSpec().getClaimRef();
        return ref == null || Bonds.uid(claim).equals(ref.getUid())
                ? bind(volume)
                : lost(
                        "ClaimMisbound",
                        "Two claims are bound to the same volume, this one is bound incorrectly");
    }

    /// It names its volume.
    private Step asked(PersistentVolume volume) {
        var name = volume.getMetadata().getName();
        if (volume.getSpec().getClaimRef() == null) {
            return mismatch(VolumeView.of(volume), ClaimView.of(claim))
                    .<Step>map(
                            why ->
                                    new Step.Say(
                                            Word.warning(
                                                    "VolumeMismatch",
                                                    "Cannot bind to requested volume \"%s\": %s"
                                                            .formatted(name, why))))
                    .orElseGet(() -> bind(volume));
        }
        return Bonds.isOf(volume, claim)
                ? bind(volume)
                : new Step.Say(
                        Word.warning(
                                "FailedBinding",
                                "volume \"%s\" already bound to a different claim."
                                        .formatted(name)));
    }

    private static Optional<String> mismatch(VolumeView volume, ClaimView claim) {
        if (volume.leaving()) {
            return Optional.of("the volume is marked for deletion \"%s\"".formatted(volume.name()));
        }
        if (volume.bytes() < claim.bytes()) {
            return Optional.of("requested PV is too small");
        }
        if (!volume.className().equals(claim.className())) {
            return Optional.of("storageClassName does not match");
        }
        if (!volume.volumeMode().equals(claim.volumeMode())) {
            return Optional.of("incompatible volumeMode");
        }
        return volume.modes().containsAll(claim.modes())
                ? Optional.empty()
                : Optional.of("incompatible accessMode");
    }

    /// It takes any volume that suits.
    private Step choose() {
        var named = claim.getSpec().getStorageClassName();
        if (named == null && ClaimView.of(claim).className().isEmpty()) {
            var byDefault = world.defaultClass();
            if (byDefault.isPresent()) {
                return put(c -> c.editSpec().withStorageClassName(byDefault.get()).endSpec());
            }
        }
        var wanted = ClaimView.of(claim);
        var type = world.type(wanted.className());
        boolean waits = type.filter(Classes::waits).isPresent();
        var found = best(wanted, waits);
        if (found.isPresent()) {
            return bind(found.get());
        }
        if (waits && wanted.node() == null) {
            return new Step.Say(world.waitsFor(claim));
        }
        return wanted.className().isEmpty()
                ? new Step.Say(
                        Word.normal(
                                "FailedBinding",
                                "no persistent volumes available for this claim and no storage"
                                        + " class is set"))
                : type.map(this::make).orElseGet(() -> noClass(wanted.className()));
    }

    /// One that is kept for it; otherwise the one with the fewest modes, the smallest of these.
    ///
    /// @param waits whether the scheduler chooses
    private Optional<PersistentVolume> best(ClaimView wanted, boolean waits) {
        return world.volumes().stream()
                .filter(v -> !waits || v.getSpec().getClaimRef() != null)
                .filter(v -> VolumeView.of(v).suits(wanted))
                .min(
                        Comparator.<PersistentVolume, Boolean>comparing(
                                        v -> v.getSpec().getClaimRef() == null)
                                .thenComparingInt(v -> v.getSpec().getAccessModes().size())
                                .thenComparingLong(v -> VolumeView.of(v).bytes())
                                .thenComparing(v -> v.getMetadata().getName()));
    }

    private Step make(StorageClass type) {
        return new Provision(claim, type, world).next();
    }

    private static Step noClass(String name) {
        return new Step.Say(
                Word.warning(
                        "ProvisioningFailed",
                        "storageclass.storage.k8s.io \"%s\" not found".formatted(name)));
    }

    private Step bind(PersistentVolume volume) {
        var reserved = Bonds.reserved(volume, claim);
        if (!reserved.equals(volume)) {
            return new Step.Put<>(volume, reserved, null);
        }
        var name = volume.getMetadata().getName();
        boolean points = name.equals(claim.getSpec().getVolumeName());
        if (!points || !Owners.notes(claim).containsKey(Bonds.COMPLETED)) {
            return put(
                    c -> {
                        var noted =
                                c.editMetadata()
                                        .addToAnnotations(Bonds.COMPLETED, "yes")
                                        .endMetadata();
                        return points
                                ? noted
                                : noted.editMetadata()
                                        .addToAnnotations(Bonds.BY_CONTROLLER, "yes")
                                        .endMetadata()
                                        .editSpec()
                                        .withVolumeName(name)
                                        .endSpec();
                    });
        }
        return bound(volume);
    }

    private Step bound(PersistentVolume volume) {
        var got = volume.getSpec();
        var status = claim.getStatus();
        if (status != null
                && "Bound".equals(status.getPhase())
                && got.getAccessModes().equals(status.getAccessModes())
                && got.getCapacity().equals(status.getCapacity())) {
            return new Step.Nothing();
        }
        var after =
                new PersistentVolumeClaimBuilder(claim)
                        .editOrNewStatus()
                        .withPhase("Bound")
                        .withAccessModes(got.getAccessModes())
                        .withCapacity(got.getCapacity())
                        .endStatus()
                        .build();
        return new Step.PutStatus<>(claim, after, null);
    }

    private Step lost(String reason, String message) {
        if (claim.getStatus() != null && "Lost".equals(claim.getStatus().getPhase())) {
            return new Step.Nothing();
        }
        var after =
                new PersistentVolumeClaimBuilder(claim)
                        .editOrNewStatus()
                        .withPhase("Lost")
                        .withAccessModes(List.of())
                        .withCapacity(Map.of())
                        .endStatus()
                        .build();
        return new Step.PutStatus<>(claim, after, Word.warning(reason, message));
    }

    private Step put(UnaryOperator<PersistentVolumeClaimBuilder> change) {
        return new Step.Put<>(
                claim, change.apply(new PersistentVolumeClaimBuilder(claim)).build(), null);
    }
}

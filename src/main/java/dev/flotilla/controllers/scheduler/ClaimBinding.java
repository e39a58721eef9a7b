package dev.flotilla.controllers.scheduler;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.controllers.volume.Bonds;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.facts.ClaimView;
import dev.flotilla.schedule.facts.PodView;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;

import org.jspecify.annotations.Nullable;

/// Has the claims of a pod bound before the pod is: each one that waits for a node gets a volume
/// that someone made, kept for it, or the note of the node where one is to be made.
final class ClaimBinding {
    /// What is to be done with the pod.
    enum Readiness {
        /// All its claims are bound.
        READY,
        /// Some are not yet; their change says when.
        WAITS,
        /// Someone else wrote one meanwhile.
        CONFLICT
    }

    private final Cluster cluster;
    private final Scheduling scheduling;
    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<PersistentVolume> volumes;

    ClaimBinding(Cluster cluster, Informers informers, Scheduling scheduling) {
        this.cluster = cluster;
        this.scheduling = scheduling;
        this.claims = informers.of(PersistentVolumeClaim.class);
        this.volumes = informers.of(PersistentVolume.class);
    }

    Readiness prepare(PodView pod, String node) {
        if (pod.shape().claims().isEmpty()) {
            return Readiness.READY;
        }
        var chosen = scheduling.volumes(pod, node);
        boolean all = true;
        for (var use : pod.shape().claims()) {
            var claim = claims.get(new ObjectKey(pod.key().namespace(), use.name()));
            if (claim.isEmpty()) {
                return Readiness.CONFLICT;
            }
            var view = ClaimView.of(claim.get());
            all &= view.bound();
            if (view.volume().isEmpty()
                    && view.node() == null
                    && !chosen(claim.get(), chosen.get(view.key()), node)) {
                return Readiness.CONFLICT;
            }
        }
        return all ? Readiness.READY : Readiness.WAITS;
    }

    private boolean chosen(PersistentVolumeClaim claim, @Nullable String volume, String node) {
        return volume == null ? noted(claim, node) : kept(claim, volume);
    }

    private boolean kept(PersistentVolumeClaim claim, String name) {
        var volume = volumes.get(ObjectKey.of(name));
        if (volume.isEmpty()) {
            return false;
        }
        var kept = Bonds.reserved(volume.get(), claim);
        return kept.equals(volume.get()) || cluster.update(volume.get(), kept).done();
    }

    private boolean noted(PersistentVolumeClaim claim, String node) {
        var after =
                new PersistentVolumeClaimBuilder(claim)
                        .editMetadata()
                        .addToAnnotations(ClaimView.SELECTED_NODE, node)
                        .endMetadata()
                        .build();
        return cluster.update(claim, after).done();
    }
}

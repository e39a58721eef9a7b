package dev.flotilla.controllers.scheduler;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.facts.ClaimView;
import dev.flotilla.schedule.facts.PodView;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;

/// Notes on claims that wait for their first pod which node that pod got, so that whoever makes
/// volumes makes them there.
final class ClaimNotes {
    private final Cluster cluster;
    private final Informer<PersistentVolumeClaim> claims;

    ClaimNotes(Cluster cluster, Informers informers) {
        this.cluster = cluster;
        this.claims = informers.of(PersistentVolumeClaim.class);
    }

    /// @return false when someone else wrote a claim meanwhile
    boolean write(PodView pod, String node) {
        for (var use : pod.shape().claims()) {
            var claim = claims.get(new ObjectKey(pod.key().namespace(), use.name()));
            if (claim.filter(ClaimNotes::waits).isPresent() && !noted(claim.get(), node)) {
                return false;
            }
        }
        return true;
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

    /// The filters let a pod pass only if its unbound claims are of a class that waits.
    private static boolean waits(PersistentVolumeClaim claim) {
        var view = ClaimView.of(claim);
        return view.volume().isEmpty() && !Owners.notes(claim).containsKey(ClaimView.SELECTED_NODE);
    }
}

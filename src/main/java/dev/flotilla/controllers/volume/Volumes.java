package dev.flotilla.controllers.volume;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Keeps each volume's phase, and takes away what is not wanted any more.
public final class Volumes implements Reconciler {
    /// Index: volumes by the claim they are kept for, as `namespace/name`.
    private static final String CLAIM = "claim";

    private final Informer<PersistentVolume> volumes;
    private final Informer<PersistentVolumeClaim> claims;
    private final InstantSource time;
    private final Steps steps;

    private Volumes(Informers informers, InstantSource time, Steps steps) {
        volumes = informers.of(PersistentVolume.class);
        volumes.indexBy(CLAIM, Volumes::claim);
        claims = informers.of(PersistentVolumeClaim.class);
        this.time = time;
        this.steps = steps;
    }

    /// The loops of this package.
    public static List<Loop> loops(
            Cluster cluster, Informers informers, InstantSource time, EventRecorder events) {
        var steps = new Steps(cluster, events);
        var reconciler = new Volumes(informers, time, steps);
        var loop = new Loop("volumes", reconciler, informers, time);
        reconciler.volumes.listen(
                change -> {
                    if (change instanceof Change.Put) {
                        loop.mark(ObjectKey.of(change.object()));
                    }
                });
        reconciler.claims.listen(
                change ->
                        reconciler
                                .volumes
                                .by(CLAIM, ObjectKey.of(change.object()).toString())
                                .forEach(v -> loop.mark(ObjectKey.of(v))));
        return List.of(
                loop,
                Claims.loop(informers, time, steps),
                EphemeralClaims.loop(cluster, informers, time, events));
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = volumes.get(key);
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var volume = found.get();
        var ref = volume.getSpec().getClaimRef();
        var plan =
                new VolumePlan(
                        volume,
                        ref == null ? Optional.empty() : claims.get(Bonds.key(ref)),
                        time.instant());
        return steps.take(volume, plan.next());
    }

    private static List<String> claim(PersistentVolume volume) {
        var ref = volume.getSpec().getClaimRef();
        return ref == null ? List.of() : List.of(Bonds.key(ref).toString());
    }
}

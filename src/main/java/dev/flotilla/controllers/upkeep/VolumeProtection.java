package dev.flotilla.controllers.upkeep;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;

import java.time.Duration;
import java.time.InstantSource;

/// Lets a volume go when no claim is bound to it.
final class VolumeProtection implements Reconciler {
    private static final String FINALIZER = "kubernetes.io/pv-protection";

    private final Cluster cluster;
    private final Informer<PersistentVolume> volumes;

    private VolumeProtection(Cluster cluster, Informers informers) {
        this.cluster = cluster;
        volumes = informers.of(PersistentVolume.class);
    }

    static Loop loop(Cluster cluster, Informers informers, InstantSource time) {
        var reconciler = new VolumeProtection(cluster, informers);
        var loop = new Loop("volume-protection", reconciler, informers, time);
        reconciler.volumes.listen(
                change -> {
                    if (Upkeep.held(change.object(), FINALIZER)) {
                        loop.mark(ObjectKey.of(change.object()));
                    }
                });
        return loop;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = volumes.get(key).filter(v -> Upkeep.held(v, FINALIZER) && !bound(v));
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var volume = found.get();
        var free =
                new PersistentVolumeBuilder(volume)
                        .editMetadata()
                        .withFinalizers(Upkeep.without(volume, FINALIZER))
                        .endMetadata()
                        .build();
        return cluster.update(volume, free).done()
                ? Outcome.SETTLED
                : Outcome.again(Duration.ofMillis(100));
    }

    private static boolean bound(PersistentVolume volume) {
        return volume.getStatus() != null && "Bound".equals(volume.getStatus().getPhase());
    }
}

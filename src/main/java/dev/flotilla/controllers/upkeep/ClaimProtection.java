package dev.flotilla.controllers.upkeep;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Lets a claim on storage go when no pod on a node uses it any more.
final class ClaimProtection implements Reconciler {
    private static final String FINALIZER = "kubernetes.io/pvc-protection";

    /// Index: pods by the claims they use, as `namespace/name`.
    private static final String CLAIMS = "claims";

    private final Cluster cluster;
    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<Pod> pods;

    private ClaimProtection(Cluster cluster, Informers informers) {
        this.cluster = cluster;
        claims = informers.of(PersistentVolumeClaim.class);
        pods = informers.of(Pod.class);
        pods.indexBy(CLAIMS, p -> claimsOf(p).stream().map(ObjectKey::toString).toList());
    }

    static Loop loop(Cluster cluster, Informers informers, InstantSource time) {
        var reconciler = new ClaimProtection(cluster, informers);
        var loop = new Loop("claim-protection", reconciler, informers, time);
        reconciler.claims.listen(
                change -> {
                    if (Upkeep.held(change.object(), FINALIZER)) {
                        loop.mark(ObjectKey.of(change.object()));
                    }
                });
        reconciler.pods.listen(
                change -> {
                    if (change instanceof Change.Deleted) {
                        claimsOf(change.object()).forEach(loop::mark);
                    }
                });
        return loop;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = claims.get(key).filter(c -> Upkeep.held(c, FINALIZER));
        if (found.isEmpty() || !pods.by(CLAIMS, key.toString()).isEmpty()) {
            return Outcome.SETTLED;
        }
        var claim = found.get();
        var free =
                new PersistentVolumeClaimBuilder(claim)
                        .editMetadata()
                        .withFinalizers(Upkeep.without(claim, FINALIZER))
                        .endMetadata()
                        .build();
        return cluster.update(claim, free).done()
                ? Outcome.SETTLED
                : Outcome.again(Duration.ofMillis(100));
    }

    /// A pod that has no node yet uses nothing: it will not start while the claim is leaving.
    private static List<ObjectKey> claimsOf(Pod pod) {
        var spec = pod.getSpec();
        if (spec == null || spec.getNodeName() == null) {
            return List.of();
        }
        return Optional.ofNullable(spec.getVolumes()).orElse(List.of()).stream()
                .map(v -> v.getPersistentVolumeClaim())
                .filter(Objects::nonNull)
                .map(c -> new ObjectKey(pod.getMetadata().getNamespace(), c.getClaimName()))
                .toList();
    }
}

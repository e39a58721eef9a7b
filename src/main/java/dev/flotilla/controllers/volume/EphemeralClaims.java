package dev.flotilla.controllers.volume;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.cluster.Written;
import dev.flotilla.model.Ephemeral;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Makes the claims that pods ask for by a template in their own spec: each is its pod's, and goes
/// with it.
final class EphemeralClaims implements Reconciler {
    /// Index: pods by the claims of their own, as `namespace/name`.
    private static final String CLAIM = "own-claim";

    private static final Duration LATER = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final Informer<Pod> pods;
    private final Informer<PersistentVolumeClaim> claims;
    private final EventRecorder events;

    private EphemeralClaims(Cluster cluster, Informers informers, EventRecorder events) {
        this.cluster = cluster;
        pods = informers.of(Pod.class);
        pods.indexBy(CLAIM, EphemeralClaims::keys);
        claims = informers.of(PersistentVolumeClaim.class);
        this.events = events;
    }

    static Loop loop(
            Cluster cluster, Informers informers, InstantSource time, EventRecorder events) {
        var reconciler = new EphemeralClaims(cluster, informers, events);
        var loop = new Loop("ephemeral-claims", reconciler, informers, time);
        reconciler.pods.listen(
                change -> {
                    if (change instanceof Change.Put && !keys(change.object()).isEmpty()) {
                        loop.mark(ObjectKey.of(change.object()));
                    }
                });
        reconciler.claims.listen(
                change -> {
                    if (change instanceof Change.Deleted) {
                        var name = ObjectKey.of(change.object()).toString();
                        reconciler.pods.by(CLAIM, name).forEach(p -> loop.mark(ObjectKey.of(p)));
                    }
                });
        return loop;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = pods.get(key).filter(p -> p.getMetadata().getDeletionTimestamp() == null);
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var pod = found.get();
        Outcome outcome = Outcome.SETTLED;
        for (var volume : pod.getSpec().getVolumes()) {
            if (volume.getEphemeral() != null && !see(pod, volume)) {
                outcome = Outcome.again(LATER);
            }
        }
        return outcome;
    }

    /// A claim that is somebody else's is waited for: its end is told.
    ///
    /// @return false if it could not be made
    private boolean see(Pod pod, Volume volume) {
        var key =
                new ObjectKey(
                        pod.getMetadata().getNamespace(), Ephemeral.claim(pod, volume.getName()));
        var there = cluster.get(PersistentVolumeClaim.class, key);
        if (there.isPresent()) {
            tell(pod, volume, Ephemeral.conflict(pod, there.get()));
            return true;
        }
        var refusal = refusal(cluster.create(claim(pod, volume, key)));
        tell(pod, volume, refusal);
        return refusal.isEmpty();
    }

    private void tell(Pod pod, Volume volume, String trouble) {
        if (!trouble.isEmpty()) {
            events.warning(
                    pod, "FailedBinding", "ephemeral volume " + volume.getName() + ": " + trouble);
        }
    }

    private static String refusal(Written<?> written) {
        return switch (written) {
            case Written.Done<?> _ -> "";
            case Written.Conflict<?> _ -> "the claim was made by somebody else meanwhile";
            case Written.Refused<?>(_, var message) -> message;
        };
    }

    private static PersistentVolumeClaim claim(Pod pod, Volume volume, ObjectKey key) {
        var template = volume.getEphemeral().getVolumeClaimTemplate();
        var meta = template.getMetadata();
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(key.name())
                .withNamespace(key.namespace())
                .withLabels(meta == null ? null : meta.getLabels())
                .withAnnotations(meta == null ? null : meta.getAnnotations())
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .endOwnerReference()
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }

    private static List<String> keys(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(v -> v.getEphemeral() != null)
                .map(v -> Ephemeral.claim(pod, v.getName()))
                .map(name -> new ObjectKey(pod.getMetadata().getNamespace(), name).toString())
                .toList();
    }
}

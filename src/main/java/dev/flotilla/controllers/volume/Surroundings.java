package dev.flotilla.controllers.volume;

import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.facts.PodView;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The world as the informers know it.
record Surroundings(
        Informer<PersistentVolume> known,
        Informer<StorageClass> classes,
        Informer<Node> machines,
        Informer<Pod> pods)
        implements ClaimWorld {
    /// Index: pods without a node by the claims they mount, as `namespace/name`.
    private static final String WAITING = "claims-of-the-unbound";

    static Surroundings of(Informers informers) {
        var pods = informers.of(Pod.class);
        pods.indexBy(WAITING, Surroundings::claims);
        return new Surroundings(
                informers.of(PersistentVolume.class),
                informers.of(StorageClass.class),
                informers.of(Node.class),
                pods);
    }

    @Override
    public Collection<PersistentVolume> volumes() {
        return known.all();
    }

    @Override
    public Optional<PersistentVolume> volume(String name) {
        return known.get(ObjectKey.of(name));
    }

    @Override
    public Collection<StorageClass> types() {
        return classes.all();
    }

    @Override
    public Optional<StorageClass> type(String name) {
        return name.isEmpty() ? Optional.empty() : classes.get(ObjectKey.of(name));
    }

    @Override
    public Collection<Node> nodes() {
        return machines.all();
    }

    @Override
    public Optional<Node> node(String name) {
        return machines.get(ObjectKey.of(name));
    }

    @Override
    public List<String> waiting(PersistentVolumeClaim claim) {
        return pods.by(WAITING, ObjectKey.of(claim).toString()).stream()
                .map(p -> p.getMetadata().getName())
                .sorted()
                .toList();
    }

    private static List<String> claims(Pod pod) {
        if (PodState.node(pod) != null
                || !PodState.active(pod)
                || pod.getSpec().getVolumes().isEmpty()) {
            return List.of();
        }
        return PodView.of(pod).shape().claims().stream()
                .map(c -> new ObjectKey(ObjectKey.of(pod).namespace(), c.name()).toString())
                .toList();
    }
}

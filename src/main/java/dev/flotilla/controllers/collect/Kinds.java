package dev.flotilla.controllers.collect;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The kinds whose objects own others, are owned, or live in namespaces: all that are kept.
final class Kinds {
    /// They make others, so they go first.
    private static final List<Class<? extends HasMetadata>> MAKERS =
            List.of(Deployment.class, ReplicaSet.class, Pod.class);

    private final List<Class<? extends HasMetadata>> all;
    private final Map<String, Class<? extends HasMetadata>> byName = new HashMap<>();

    private Kinds(List<Class<? extends HasMetadata>> all) {
        this.all = all;
        all.forEach(k -> byName.put(name(HasMetadata.getApiVersion(k), HasMetadata.getKind(k)), k));
    }

    static Kinds of(Cluster cluster) {
        var rest = cluster.kinds().stream().filter(k -> !MAKERS.contains(k));
        var makers = MAKERS.stream().filter(cluster.kinds()::contains);
        return new Kinds(Stream.concat(makers, rest).toList());
    }

    /// Those that may be owned, and go with their owner. Events go by themselves.
    List<Class<? extends HasMetadata>> collected() {
        return all.stream().filter(k -> k != Event.class).toList();
    }

    /// Those that live in a namespace, in the order in which they go with it.
    List<Class<? extends HasMetadata>> namespaced() {
        return all.stream().filter(Namespaced.class::isAssignableFrom).toList();
    }

    /// The kind that an owner reference names, in whichever version; empty when it is none that is
    /// kept here.
    Optional<Class<? extends HasMetadata>> named(OwnerReference reference) {
        return Optional.ofNullable(
                byName.get(name(reference.getApiVersion(), reference.getKind())));
    }

    /// The key of an owner: in the namespace of what it owns, or in none.
    static ObjectKey key(Class<? extends HasMetadata> kind, String namespace, String name) {
        return new ObjectKey(Namespaced.class.isAssignableFrom(kind) ? namespace : "", name);
    }

    /// Such as `apps/Deployment`, `/Pod`.
    private static String name(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return (slash < 0 ? "" : apiVersion.substring(0, slash)) + "/" + kind;
    }
}

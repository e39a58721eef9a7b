package dev.flotilla.controllers;

import dev.flotilla.model.Machine;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;

import java.util.List;
import java.util.Optional;

/// The kinds whose objects own others, are owned, or live in namespaces.
final class Kinds {
    /// Those that may be owned, and go with their owner.
    static final List<Class<? extends HasMetadata>> COLLECTED =
            List.of(
                    Deployment.class,
                    ReplicaSet.class,
                    Pod.class,
                    ConfigMap.class,
                    Secret.class,
                    Service.class,
                    ServiceAccount.class);

    /// Those that live in a namespace, in the order in which they go with it.
    static final List<Class<? extends HasMetadata>> NAMESPACED =
            List.of(
                    Deployment.class,
                    ReplicaSet.class,
                    Pod.class,
                    Service.class,
                    ConfigMap.class,
                    Secret.class,
                    ServiceAccount.class,
                    Lease.class,
                    Event.class);

    private static final List<Class<? extends HasMetadata>> OWNERS =
            List.of(
                    Deployment.class,
                    ReplicaSet.class,
                    Pod.class,
                    ConfigMap.class,
                    Secret.class,
                    Service.class,
                    ServiceAccount.class,
                    Node.class,
                    Machine.class);

    private Kinds() {}

    /// The kind that an owner reference names; empty when it is none that is kept here.
    static Optional<Class<? extends HasMetadata>> of(OwnerReference reference) {
        return OWNERS.stream()
                .filter(k -> HasMetadata.getKind(k).equals(reference.getKind()))
                .filter(k -> HasMetadata.getApiVersion(k).equals(reference.getApiVersion()))
                .findFirst();
    }

    /// The key of an owner: in the namespace of what it owns, or in none.
    static ObjectKey key(Class<? extends HasMetadata> kind, String namespace, String name) {
        return new ObjectKey(Namespaced.class.isAssignableFrom(kind) ? namespace : "", name);
    }
}

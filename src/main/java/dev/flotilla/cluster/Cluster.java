package dev.flotilla.cluster;

import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;

import java.util.List;
import java.util.Optional;

/// The one way into the cluster for loops: typed, in process, every write durable when it returns.
///
/// Objects are snapshots: never change one that was read; build a copy (`new PodBuilder(pod)…`).
/// Kinds are named by their fabric8 model class.
public interface Cluster {
    /// Every kind whose objects are kept, each by the class of the version it is kept in.
    List<Class<? extends HasMetadata>> kinds();

    <T extends HasMetadata> Optional<T> get(Class<T> kind, ObjectKey key);

    /// All objects of a kind, in all namespaces, at one moment.
    <T extends HasMetadata> Listing<T> list(Class<T> kind);

    /// Creates an object; `metadata.generateName` is honoured.
    <T extends HasMetadata> Written<T> create(T object);

    /// Writes what differs between `before`, as it was read, and `after`, except status. Fields
    /// that the typed model does not know stay as they are.
    <T extends HasMetadata> Written<T> update(T before, T after);

    /// Writes what differs between the status of `before`, as it was read, and of `after`, and
    /// between their annotations; as in Kubernetes, that changes no generation.
    <T extends HasMetadata> Written<T> updateStatus(T before, T after);

    /// Deletes as the API does: a pod that is bound is marked with a deletion timestamp and goes
    /// when its node has stopped it, or at once with `graceSeconds` 0.
    <T extends HasMetadata> Written<T> delete(T object, Deletion how);

    /// Binds a pod to a node, if the pod is still as read and unbound.
    Written<Pod> bind(Pod pod, String node);

    /// The same cluster for who needs only the heads of objects: it may leave out of what it lists
    /// and watches all but `apiVersion`, `kind` and `metadata` without `managedFields`. What such
    /// an object lacks, [#update] leaves as it is.
    default Cluster heads() {
        return this;
    }

    /// The last durable revision: what was acknowledged before this call is at most of this one.
    long revision();

    /// Changes of a kind after revision `since`, in revision order, with no gap and no repeat.
    <T extends HasMetadata> Watch<T> watch(Class<T> kind, long since);
}

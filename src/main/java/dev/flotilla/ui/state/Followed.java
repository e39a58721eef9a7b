package dev.flotilla.ui.state;

import dev.flotilla.model.Machine;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

/// The kinds that the window follows, each kept up to date by an informer.
final class Followed implements AutoCloseable {
    private final Runnable changed;
    private final List<SharedIndexInformer<?>> all = new CopyOnWriteArrayList<>();
    private final SharedIndexInformer<Namespace> namespaces;
    private final SharedIndexInformer<Node> nodes;
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<ReplicaSet> sets;
    private final SharedIndexInformer<Deployment> deployments;
    private final SharedIndexInformer<Event> events;
    private final @Nullable SharedIndexInformer<Machine> machines;

    /// @param changed called on any change, by any thread
    Followed(KubernetesClient client, Runnable changed) {
        this.changed = changed;
        namespaces = follow(client.namespaces());
        nodes = follow(client.nodes());
        pods = follow(client.pods().inAnyNamespace());
        sets = follow(client.apps().replicaSets().inAnyNamespace());
        deployments = follow(client.apps().deployments().inAnyNamespace());
        events = follow(client.v1().events().inAnyNamespace());
        machines = client.supports(Machine.class) ? follow(client.resources(Machine.class)) : null;
    }

    /// Reads all kinds at the same time, then follows them. Blocks until all are read.
    ///
    /// @throws KubernetesClientException if the API can't be reached or refuses
    void start() {
        try {
            CompletableFuture.allOf(
                            all.stream()
                                    .map(informer -> informer.start().toCompletableFuture())
                                    .toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw KubernetesClientException.launderThrowable(cause);
        }
    }

    Raw raw(Instant at, UseReader.Uses uses) {
        return new Raw(
                at,
                namespaces.getStore().list(),
                nodes.getStore().list(),
                pods.getStore().list(),
                sets.getStore().list(),
                deployments.getStore().list(),
                machines == null ? List.of() : machines.getStore().list(),
                events.getStore().list(),
                uses.nodes(),
                uses.pods());
    }

    @Override
    public void close() {
        all.forEach(SharedIndexInformer::stop);
    }

    private <T extends HasMetadata> SharedIndexInformer<T> follow(Informable<T> kind) {
        var informer = kind.runnableInformer(0);
        informer.addEventHandler(
                new ResourceEventHandler<T>() {
                    @Override
                    public void onAdd(T object) {
                        changed.run();
                    }

                    @Override
                    public void onUpdate(T before, T now) {
                        changed.run();
                    }

                    @Override
                    public void onDelete(T object, boolean finalStateUnknown) {
                        changed.run();
                    }
                });
        all.add(informer);
        return informer;
    }
}

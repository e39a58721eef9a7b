package dev.flotilla.controllers.collect;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Deletion.Owned;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Empties a namespace that is to go, then lets it go.
public final class Namespaces implements Reconciler {
    private static final String FINALIZER = "kubernetes";
    private static final Deletion WITH_ALL = new Deletion(false, null, Owned.BACKGROUND);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final Informer<Namespace> namespaces;
    private final List<Informer<? extends HasMetadata>> contents;

    Namespaces(Cluster cluster, Informers informers) {
        this.cluster = cluster;
        this.namespaces = informers.of(Namespace.class);
        this.contents = new ArrayList<>();
        Kinds.of(cluster).namespaced().forEach(kind -> contents.add(informers.headsOf(kind)));
    }

    public static Loop loop(Cluster cluster, Informers informers, InstantSource time) {
        var reconciler = new Namespaces(cluster, informers);
        var loop = new Loop("namespaces", reconciler, informers, time);
        reconciler.namespaces.listen(
                change -> {
                    if (Owners.leaving(change.object())) {
                        loop.mark(ObjectKey.of(change.object()));
                    }
                });
        return loop;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = namespaces.get(key).filter(Owners::leaving);
        if (found.isEmpty() || !finalizers(found.get()).contains(FINALIZER)) {
            return Outcome.SETTLED;
        }
        var content = content(key.name());
        content.stream().filter(o -> !Owners.leaving(o)).forEach(o -> cluster.delete(o, WITH_ALL));
        return content.isEmpty() ? letGo(found.get()) : Outcome.again(POLL);
    }

    private Outcome letGo(Namespace namespace) {
        var left = new ArrayList<>(finalizers(namespace));
        left.remove(FINALIZER);
        var after =
                new NamespaceBuilder(namespace).editSpec().withFinalizers(left).endSpec().build();
        return cluster.update(namespace, after).done() ? Outcome.SETTLED : Outcome.again(POLL);
    }

    private List<HasMetadata> content(String namespace) {
        var all = new ArrayList<HasMetadata>();
        for (var informer : contents) {
            informer.all().stream()
                    .filter(o -> namespace.equals(o.getMetadata().getNamespace()))
                    .forEach(all::add);
        }
        return all;
    }

    private static List<String> finalizers(Namespace namespace) {
        var spec = namespace.getSpec();
        return spec == null ? List.of() : spec.getFinalizers();
    }
}

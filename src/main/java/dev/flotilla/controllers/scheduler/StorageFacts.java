package dev.flotilla.controllers.scheduler;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Informers;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.ClusterView;
import dev.flotilla.schedule.News;
import dev.flotilla.schedule.facts.ClaimView;
import dev.flotilla.schedule.facts.ClassView;
import dev.flotilla.schedule.facts.VolumeView;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import io.fabric8.kubernetes.api.model.storage.StorageClass;

import org.jspecify.annotations.Nullable;

import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;

/// Tells the picture of claims, volumes, classes of storage and of runtimes, and namespaces.
///
/// @param change runs with the picture; what it returns is news
record StorageFacts(Consumer<Function<ClusterView, @Nullable News>> change) {
    void follow(Informers informers) {
        follow(
                informers,
                Namespace.class,
                new News.NamespaceChanged(),
                (view, space) -> view.put(space.getMetadata().getName(), Owners.labels(space)),
                (view, space) -> view.removeNamespace(space.getMetadata().getName()));
        var storage = new News.StorageChanged();
        follow(
                informers,
                StorageClass.class,
                storage,
                (view, type) -> view.storage().put(ClassView.of(type)),
                (view, type) -> view.storage().removeClass(type.getMetadata().getName()));
        follow(
                informers,
                RuntimeClass.class,
                storage,
                (view, type) -> view.storage().put(type.getMetadata().getName(), type.getHandler()),
                (view, type) -> view.storage().removeRuntimeClass(type.getMetadata().getName()));
        follow(
                informers,
                PersistentVolume.class,
                storage,
                (view, volume) -> view.storage().put(VolumeView.of(volume)),
                (view, volume) -> view.storage().removeVolume(volume.getMetadata().getName()));
        follow(
                informers,
                PersistentVolumeClaim.class,
                storage,
                (view, claim) -> view.storage().put(ClaimView.of(claim)),
                (view, claim) -> view.storage().removeClaim(ObjectKey.of(claim)));
    }

    /// @param put whether that changed anything
    private <T extends HasMetadata> void follow(
            Informers informers,
            Class<T> kind,
            News news,
            BiPredicate<ClusterView, T> put,
            BiConsumer<ClusterView, T> remove) {
        informers
                .of(kind)
                .listen(
                        change ->
                                this.change.accept(
                                        view ->
                                                switch (change) {
                                                    case Change.Put<T>(_, var object) ->
                                                            put.test(view, object) ? news : null;
                                                    case Change.Deleted<T>(_, var object) -> {
                                                        remove.accept(view, object);
                                                        yield news;
                                                    }
                                                }));
    }
}

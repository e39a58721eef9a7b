package dev.flotilla.cluster;

import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// A cluster whose watches fail while `broken`.
record Unreachable(Cluster cluster, AtomicBoolean broken) implements Cluster {
    @Override
    public List<Class<? extends HasMetadata>> kinds() {
        return cluster.kinds();
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Class<T> kind, ObjectKey key) {
        return cluster.get(kind, key);
    }

    @Override
    public <T extends HasMetadata> Listing<T> list(Class<T> kind) {
        return cluster.list(kind);
    }

    @Override
    public <T extends HasMetadata> Written<T> create(T object) {
        return cluster.create(object);
    }

    @Override
    public <T extends HasMetadata> Written<T> update(T before, T after) {
        return cluster.update(before, after);
    }

    @Override
    public <T extends HasMetadata> Written<T> updateStatus(T before, T after) {
        return cluster.updateStatus(before, after);
    }

    @Override
    public <T extends HasMetadata> Written<T> delete(T object, Deletion how) {
        return cluster.delete(object, how);
    }

    @Override
    public Written<Pod> bind(Pod pod, String node) {
        return cluster.bind(pod, node);
    }

    @Override
    public long revision() {
        return cluster.revision();
    }

    @Override
    public <T extends HasMetadata> Watch<T> watch(Class<T> kind, long since) {
        var watch = cluster.watch(kind, since);
        return new Watch<>() {
            @Override
            public List<Change<T>> poll() {
                if (broken.get()) {
                    throw new IllegalStateException("the store is away");
                }
                return watch.poll();
            }

            @Override
            public void onCommit(Runnable wake) {
                watch.onCommit(wake);
            }

            @Override
            public void close() {
                watch.close();
            }
        };
    }
}

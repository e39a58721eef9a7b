package dev.flotilla.cluster;

import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// The cache of one kind: its objects in key order, its indexes, its cursor.
final class Cache<T extends HasMetadata> implements Informer<T> {
    private final Class<T> kind;
    private final Deliveries deliveries;
    private final Runnable wake;

    /// The informers' one lock: guards the cursor, `listeners`, and all writing to the maps.
    private final ReentrantLock cursors;

    private final ConcurrentSkipListMap<ObjectKey, T> objects = new ConcurrentSkipListMap<>();
    private final Map<String, Index<T>> indexes = new ConcurrentHashMap<>();
    private final List<Consumer<Change<T>>> listeners = new ArrayList<>();
    private Cluster cluster;
    private Watch<T> watch;

    Cache(
            Class<T> kind,
            Cluster cluster,
            ReentrantLock cursors,
            Deliveries deliveries,
            Runnable wake) {
        this.kind = kind;
        this.cluster = cluster;
        this.cursors = cursors;
        this.deliveries = deliveries;
        this.wake = wake;
        var listing = cluster.list(kind);
        listing.items().forEach(this::put);
        watch = watchSince(listing.revision());
    }

    @Override
    public Optional<T> get(ObjectKey key) {
        return Optional.ofNullable(objects.get(key));
    }

    @Override
    public Collection<T> all() {
        return Collections.unmodifiableCollection(objects.values());
    }

    @Override
    public List<T> by(String index, String value) {
        return Objects.requireNonNull(
                        indexes.get(index),
                        () -> "no index " + index + " on " + kind.getSimpleName())
                .of(value);
    }

    @Override
    public void indexBy(String name, Function<T, List<String>> values) {
        cursors.lock();
        try {
            var known = indexes.get(name);
            if (known == null) {
                var index = new Index<>(values);
                objects.forEach(index::put);
                indexes.put(name, index);
            } else if (!known.values().equals(values)) {
                throw new IllegalArgumentException(
                        "index " + name + " on " + kind.getSimpleName() + " has a function");
            }
        } finally {
            cursors.unlock();
        }
    }

    @Override
    public void listen(Consumer<Change<T>> listener) {
        cursors.lock();
        try {
            for (var object : objects.values()) {
                var put = new Change.Put<>(revisionOf(object), object);
                deliveries.add(() -> listener.accept(put));
            }
            listeners.add(listener);
        } finally {
            cursors.unlock();
        }
        deliveries.run();
    }

    /// Takes in what was written since the last call. The caller holds `cursors`.
    void pull() {
        try {
            watch.poll().forEach(this::apply);
        } catch (Watch.Compacted e) {
            listAgain();
        }
    }

    /// Holds its objects as `from` gives them from now on. The caller holds `cursors`.
    void fill(Cluster from) {
        if (!cluster.equals(from)) {
            cluster = from;
            listAgain();
        }
    }

    void close() {
        watch.close();
    }

    /// What came since the last call, where the history between the cursor and now is gone: the
    /// difference of the objects stands for it.
    private void listAgain() {
        watch.close();
        var listing = cluster.list(kind);
        var gone = new HashSet<>(objects.keySet());
        for (var object : listing.items()) {
            var key = ObjectKey.of(object);
            gone.remove(key);
            var known = objects.get(key);
            if (known == null || revisionOf(known) != revisionOf(object)) {
                apply(new Change.Put<>(revisionOf(object), object));
            } else {
                put(object);
            }
        }
        gone.stream()
                .sorted()
                .map(objects::get)
                .forEach(object -> apply(new Change.Deleted<>(listing.revision(), object)));
        watch = watchSince(listing.revision());
        wake.run(); // the wakes are shared: what was committed meanwhile woke nobody
    }

    private Watch<T> watchSince(long revision) {
        var opened = cluster.watch(kind, revision);
        opened.onCommit(wake);
        return opened;
    }

    private void apply(Change<T> change) {
        switch (change) {
            case Change.Put<T>(_, var object) -> put(object);
            case Change.Deleted<T>(_, var object) -> remove(object);
        }
        for (var listener : listeners) {
            deliveries.add(() -> listener.accept(change));
        }
    }

    private void put(T object) {
        var key = ObjectKey.of(object);
        objects.put(key, object);
        indexes.values().forEach(index -> index.put(key, object));
    }

    private void remove(T object) {
        var key = ObjectKey.of(object);
        objects.remove(key);
        indexes.values().forEach(index -> index.remove(key));
    }

    private static long revisionOf(HasMetadata object) {
        var version = object.getMetadata().getResourceVersion();
        return version == null ? 0 : Long.parseLong(version);
    }
}

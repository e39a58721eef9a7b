package dev.flotilla.cluster;

import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Just enough of a cluster for tests of informers, loops and events: a log in memory whose old end
/// can be cut off.
final class MemoryCluster implements Cluster {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private final List<Change<HasMetadata>> log = new ArrayList<>();
    private final List<Runnable> wakes = new CopyOnWriteArrayList<>();
    private long compacted;

    /// Forgets all history up to now.
    synchronized void compact() {
        compacted = revision();
    }

    @Override
    public List<Class<? extends HasMetadata>> kinds() {
        return List.of();
    }

    @Override
    public synchronized <T extends HasMetadata> Optional<T> get(Class<T> kind, ObjectKey key) {
        return list(kind).items().stream().filter(o -> ObjectKey.of(o).equals(key)).findFirst();
    }

    @Override
    public synchronized <T extends HasMetadata> Listing<T> list(Class<T> kind) {
        var live = new TreeMap<ObjectKey, T>();
        for (var change : log) {
            if (kind.isInstance(change.object())) {
                var key = ObjectKey.of(change.object());
                switch (change) {
                    case Change.Put<HasMetadata>(_, var object) -> live.put(key, kind.cast(object));
                    case Change.Deleted<HasMetadata> _ -> live.remove(key);
                }
            }
        }
        return new Listing<>(revision(), List.copyOf(live.values()));
    }

    @Override
    public <T extends HasMetadata> Written<T> create(T object) {
        return write(object, false);
    }

    @Override
    public <T extends HasMetadata> Written<T> update(T before, T after) {
        return write(after, true);
    }

    @Override
    public <T extends HasMetadata> Written<T> updateStatus(T before, T after) {
        return write(after, true);
    }

    @Override
    public <T extends HasMetadata> Written<T> delete(T object, Deletion how) {
        synchronized (this) {
            log.add(new Change.Deleted<>(revision() + 1, object));
        }
        wakes.forEach(Runnable::run);
        return new Written.Done<>(object);
    }

    @Override
    public Written<Pod> bind(Pod pod, String node) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized <T extends HasMetadata> Watch<T> watch(Class<T> kind, long since) {
        return new MemoryWatch<>(kind, since);
    }

    private <T extends HasMetadata> Written<T> write(T object, boolean exists) {
        T written = JSON.clone(object);
        synchronized (this) {
            var key = ObjectKey.of(object);
            @SuppressWarnings("unchecked") // the class of a T
            var present = get((Class<T>) object.getClass(), key).isPresent();
            if (present != exists) {
                return new Written.Conflict<>(key + (present ? " exists" : " is gone"));
            }
            written.getMetadata().setResourceVersion(Long.toString(revision() + 1));
            log.add(new Change.Put<>(revision() + 1, written));
        }
        wakes.forEach(Runnable::run);
        return new Written.Done<>(written);
    }

    @Override
    public synchronized long revision() {
        return log.size();
    }

    private final class MemoryWatch<T extends HasMetadata> implements Watch<T> {
        private final Class<T> kind;
        private final List<Runnable> mine = new ArrayList<>();
        private long position;

        MemoryWatch(Class<T> kind, long position) {
            this.kind = kind;
            this.position = position;
        }

        @Override
        public List<Change<T>> poll() {
            synchronized (MemoryCluster.this) {
                if (position < compacted) {
                    throw new Compacted("history starts at " + compacted);
                }
                var changes = new ArrayList<Change<T>>();
                for (var change : log.subList((int) position, log.size())) {
                    if (kind.isInstance(change.object())) {
                        T object = kind.cast(change.object());
                        changes.add(
                                switch (change) {
                                    case Change.Put<HasMetadata> _ ->
                                            new Change.Put<>(change.revision(), object);
                                    case Change.Deleted<HasMetadata> _ ->
                                            new Change.Deleted<>(change.revision(), object);
                                });
                    }
                }
                position = revision();
                return changes;
            }
        }

        @Override
        public void onCommit(Runnable wake) {
            mine.add(wake);
            wakes.add(wake);
        }

        @Override
        public void close() {
            wakes.removeAll(mine);
        }
    }
}

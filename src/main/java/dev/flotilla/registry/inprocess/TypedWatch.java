package dev.flotilla.registry.inprocess;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Watch;
import dev.flotilla.store.Cursor;
import dev.flotilla.store.Entry;
import dev.flotilla.store.Store;

import io.fabric8.kubernetes.api.model.HasMetadata;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A store's cursor as a loop sees it.
final class TypedWatch<T extends HasMetadata> implements Watch<T> {
    private static final int BATCH = 1000;

    private final Class<T> kind;
    private final Store store;
    private final Typed.Reader reader;
    private final Cursor cursor;
    private @Nullable Runnable wake;

    TypedWatch(Class<T> kind, Store store, Typed.Reader reader, String prefix, long since) {
        this.reader = reader;
        this.kind = kind;
        this.store = store;
        try {
            cursor = store.watch(prefix, since);
        } catch (dev.flotilla.store.Compacted e) {
            throw new Compacted(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<Change<T>> poll() {
        try {
            var first = cursor.poll(BATCH);
            if (first.isEmpty()) {
                return List.of();
            }
            var changes = new ArrayList<Change<T>>();
            for (var some = first; !some.isEmpty(); some = cursor.poll(BATCH)) {
                some.forEach(e -> changes.add(change(e)));
            }
            return changes;
        } catch (dev.flotilla.store.Compacted e) {
            throw new Compacted(String.valueOf(e.getMessage()));
        }
    }

    private Change<T> change(Entry entry) {
        var object = reader.read(kind, entry);
        return entry.deleted()
                ? new Change.Deleted<>(entry.revision(), object)
                : new Change.Put<>(entry.revision(), object);
    }

    @Override
    public void onCommit(Runnable wake) {
        this.wake = wake;
        store.onCommit(wake);
    }

    @Override
    public void close() {
        if (wake != null) {
            store.removeOnCommit(wake);
        }
        cursor.close();
    }
}

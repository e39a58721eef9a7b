package dev.flotilla.cluster;

import dev.flotilla.model.ObjectKey;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/// Objects of one kind by a value they have, in key order. One writer at a time, any readers.
final class Index<T> {
    private final Function<T, List<String>> values;
    private final Map<String, ConcurrentSkipListMap<ObjectKey, T>> objects =
            new ConcurrentHashMap<>();
    private final Map<ObjectKey, List<String>> entered = new HashMap<>();

    Index(Function<T, List<String>> values) {
        this.values = values;
    }

    Function<T, List<String>> values() {
        return values;
    }

    List<T> of(String value) {
        var found = objects.get(value);
        return found == null ? List.of() : List.copyOf(found.values());
    }

    /// Enters the new values before it leaves the old ones, so no reader finds an object nowhere.
    void put(ObjectKey key, T object) {
        var now = List.copyOf(values.apply(object));
        for (var value : now) {
            objects.computeIfAbsent(value, _ -> new ConcurrentSkipListMap<>()).put(key, object);
        }
        var was = now.isEmpty() ? entered.remove(key) : entered.put(key, now);
        if (was != null) {
            was.stream().filter(v -> !now.contains(v)).forEach(v -> leave(v, key));
        }
    }

    void remove(ObjectKey key) {
        var was = entered.remove(key);
        if (was != null) {
            was.forEach(v -> leave(v, key));
        }
    }

    private void leave(String value, ObjectKey key) {
        objects.computeIfPresent(
                value,
                (_, found) -> {
                    found.remove(key);
                    return found.isEmpty() ? null : found;
                });
    }
}

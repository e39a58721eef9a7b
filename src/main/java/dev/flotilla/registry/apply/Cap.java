package dev.flotilla.registry.apply;

import dev.flotilla.registry.apply.Managed.Owned;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/// Keeps the number of those who write without applying within bounds: the oldest become one.
final class Cap {
    private static final int MOST = 10;
    private static final String OLDEST = "ancient-changes";

    private Cap() {}

    static Managed held(Managed managed) {
        if (managed.entries().size() <= MOST) {
            return managed;
        }
        var updaters =
                managed.entries().entrySet().stream()
                        .filter(e -> !e.getKey().applies())
                        .sorted(
                                Comparator.comparing(
                                                (Map.Entry<Manager, Owned> e) ->
                                                        e.getValue().time())
                                        .thenComparing(Map.Entry::getKey))
                        .toList();
        int tooMany = updaters.size() - MOST;
        var held = managed;
        var first = new HashMap<String, Map.Entry<Manager, Owned>>();
        for (int i = 0; i < updaters.size() && tooMany > 0; i++) {
            var next = updaters.get(i);
            var version = next.getValue().apiVersion();
            var before = first.putIfAbsent(version, next);
            if (before != null) {
                held = together(held, before, next);
                tooMany--;
            }
        }
        return held;
    }

    private static Managed together(
            Managed managed, Map.Entry<Manager, Owned> first, Map.Entry<Manager, Owned> next) {
        var owned = next.getValue();
        var bucket = Manager.updating(OLDEST, owned.apiVersion(), "");
        var nothing = owned.with(FieldSet.NONE);
        boolean there = managed.entries().containsKey(bucket);
        var had = there ? managed.fields(bucket) : first.getValue().fields();
        var rest = there ? managed : managed.with(first.getKey(), nothing);
        return rest.with(next.getKey(), nothing).with(bucket, owned.with(had.or(owned.fields())));
    }
}

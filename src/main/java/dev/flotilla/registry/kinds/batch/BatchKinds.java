package dev.flotilla.registry.kinds.batch;

import dev.flotilla.registry.kind.Kind;

import java.util.List;

/// The kinds of this package, in the order of discovery.
public final class BatchKinds {
    private BatchKinds() {}

    public static List<Kind> all() {
        return List.of(new CronJobs(), new Jobs());
    }
}

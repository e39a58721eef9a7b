package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Kind;

import java.util.List;

/// The kinds of this package, in the order of discovery.
public final class PodKinds {
    private PodKinds() {}

    public static List<Kind> all() {
        return List.of(new Pods(), new PodTemplates(), new ReplicationControllers());
    }
}

package dev.flotilla.registry.kinds.coordination;

import dev.flotilla.registry.kind.Kind;

import java.util.List;

/// The kinds of this package, in the order of discovery.
public final class CoordinationKinds {
    private CoordinationKinds() {}

    public static List<Kind> all() {
        return List.of(new Leases());
    }
}

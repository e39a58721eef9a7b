package dev.flotilla.registry.kinds.event;

import dev.flotilla.registry.kind.Kind;

import java.util.List;

/// The kinds of this package, in the order of discovery.
public final class EventKinds {
    private EventKinds() {}

    public static List<Kind> all() {
        return List.of(new Events());
    }
}

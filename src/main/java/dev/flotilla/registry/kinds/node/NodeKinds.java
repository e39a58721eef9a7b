package dev.flotilla.registry.kinds.node;

import dev.flotilla.registry.kind.Kind;

import java.util.List;

/// The kinds of this package, in the order of discovery.
public final class NodeKinds {
    private NodeKinds() {}

    public static List<Kind> all() {
        return List.of(new RuntimeClasses());
    }
}

package dev.flotilla.registry.kinds.extension;

import dev.flotilla.registry.kind.Kind;

import java.util.List;

/// The kinds of this package, in the order of discovery.
public final class ExtensionKinds {
    private ExtensionKinds() {}

    public static List<Kind> all() {
        return List.of(new CustomResourceDefinitions());
    }
}

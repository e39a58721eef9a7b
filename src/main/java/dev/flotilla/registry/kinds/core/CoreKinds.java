package dev.flotilla.registry.kinds.core;

import dev.flotilla.registry.kind.Kind;

import java.util.List;

/// The kinds of this package, in the order of discovery.
public final class CoreKinds {
    private CoreKinds() {}

    public static List<Kind> all() {
        return List.of(
                new ConfigMaps(),
                new Namespaces(),
                new Nodes(),
                new Secrets(),
                new ServiceAccounts());
    }
}

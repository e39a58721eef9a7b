package dev.flotilla.registry.kinds.policy;

import dev.flotilla.registry.kind.Kind;

import java.util.List;

/// The kinds of this package, in the order of discovery.
public final class PolicyKinds {
    private PolicyKinds() {}

    public static List<Kind> all() {
        return List.of(new PodDisruptionBudgets());
    }
}

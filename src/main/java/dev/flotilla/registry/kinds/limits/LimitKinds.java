package dev.flotilla.registry.kinds.limits;

import dev.flotilla.registry.kind.Kind;

import java.util.List;

/// The kinds of this package, in the order of discovery.
public final class LimitKinds {
    private LimitKinds() {}

    public static List<Kind> all() {
        return List.of(new LimitRanges(), new ResourceQuotas(), new PriorityClasses());
    }
}

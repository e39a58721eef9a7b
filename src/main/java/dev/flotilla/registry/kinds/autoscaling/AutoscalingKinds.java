package dev.flotilla.registry.kinds.autoscaling;

import dev.flotilla.registry.kind.Kind;

import java.util.List;

/// The kinds of this package, in the order of discovery.
public final class AutoscalingKinds {
    private AutoscalingKinds() {}

    public static List<Kind> all() {
        return List.of(new HorizontalPodAutoscalers());
    }
}

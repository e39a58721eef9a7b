package dev.flotilla.registry.kinds.apps;

import dev.flotilla.registry.kind.Kind;

import java.util.List;

/// The kinds of this package, in the order of discovery.
public final class AppsKinds {
    private AppsKinds() {}

    public static List<Kind> all() {
        return List.of(
                new ControllerRevisions(),
                new DaemonSets(),
                new Deployments(),
                new ReplicaSets(),
                new StatefulSets());
    }
}

package dev.flotilla.registry.kinds;

import java.util.List;

/// Every kind there is, in the order of discovery.
public final class Kinds {
    private static final List<Kind> ALL =
            List.of(
                    new ConfigMaps(),
                    new Events(),
                    new Namespaces(),
                    new Nodes(),
                    new Pods(),
                    new Secrets(),
                    new ServiceAccounts(),
                    new Services(),
                    new Deployments(),
                    new ReplicaSets(),
                    new Leases(),
                    new Machines(),
                    new PlacementReviews());

    private Kinds() {}

    public static List<Kind> all() {
        return ALL;
    }
}

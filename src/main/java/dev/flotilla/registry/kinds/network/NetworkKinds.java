package dev.flotilla.registry.kinds.network;

import dev.flotilla.registry.kind.Kind;

import java.util.List;

/// The kinds of this package, in the order of discovery.
public final class NetworkKinds {
    private NetworkKinds() {}

    public static List<Kind> all() {
        return List.of(
                new Services(),
                new Endpoints(),
                new EndpointSlices(),
                new Ingresses(),
                new IngressClasses(),
                new NetworkPolicies());
    }
}

package dev.flotilla.traffic.plan;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;

import java.util.List;

/// What of the cluster traffic depends on, at one moment.
///
/// @param secrets at least those of certificates that Ingresses name
public record Picture(
        List<Service> services,
        List<EndpointSlice> slices,
        List<Node> nodes,
        List<Ingress> ingresses,
        List<IngressClass> classes,
        List<Secret> secrets) {
    public Picture {
        services = List.copyOf(services);
        slices = List.copyOf(slices);
        nodes = List.copyOf(nodes);
        ingresses = List.copyOf(ingresses);
        classes = List.copyOf(classes);
        secrets = List.copyOf(secrets);
    }
}

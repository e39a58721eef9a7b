package dev.flotilla.controllers.endpoint;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a slice says of a pod.
final class PodEndpoint {
    private static final String CLOSE = "PreferClose";

    private PodEndpoint() {}

    /// @param addresses of one family
    static Endpoint of(Pod pod, List<String> addresses, Service service, Optional<Node> node) {
        boolean serving = PodState.ready(pod);
        boolean leaving = Owners.leaving(pod);
        boolean ready = published(service) || (serving && !leaving);
        var zone = node.map(NodeZones::zone).filter(z -> !z.isEmpty());
        var endpoint =
                new EndpointBuilder()
                        .withAddresses(addresses)
                        .withNewConditions(ready, serving, leaving)
                        .withTargetRef(target(pod))
                        .withNodeName(PodState.node(pod))
                        .withZone(zone.orElse(null))
                        .withHostname(hostname(pod, service));
        if (zone.isPresent() && ready && CLOSE.equals(service.getSpec().getTrafficDistribution())) {
            endpoint.withNewHints().addNewForZone(zone.get()).endHints();
        }
        return endpoint.build();
    }

    static ObjectReference target(Pod pod) {
        return new ObjectReferenceBuilder()
                .withKind("Pod")
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .build();
    }

    /// The name that the pod has under the Service's, if it asks for one.
    static @Nullable String hostname(Pod pod, Service service) {
        var hostname = pod.getSpec().getHostname();
        boolean named = hostname != null && !hostname.isEmpty();
        return named && service.getMetadata().getName().equals(pod.getSpec().getSubdomain())
                ? hostname
                : null;
    }

    /// Whether pods that are not ready count as ready.
    static boolean published(Service service) {
        return Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses());
    }

    /// Makes two endpoints the same one, whatever else is told of it.
    ///
    /// @param target the pod's name
    record Identity(List<String> addresses, @Nullable String hostname, @Nullable String target) {
        static Identity of(Endpoint endpoint) {
            var target = endpoint.getTargetRef();
            return new Identity(
                    endpoint.getAddresses(),
                    endpoint.getHostname(),
                    target == null ? null : target.getName());
        }
    }

    /// Whether the same is told of both. What is empty and what is absent is the same.
    static boolean same(Endpoint a, Endpoint b) {
        return Identity.of(a).equals(Identity.of(b))
                && Objects.equals(a.getConditions(), b.getConditions())
                && Objects.equals(a.getTargetRef(), b.getTargetRef())
                && Objects.equals(a.getNodeName(), b.getNodeName())
                && Objects.equals(a.getZone(), b.getZone())
                && zones(a).equals(zones(b));
    }

    private static List<String> zones(Endpoint endpoint) {
        return endpoint.getHints() == null
                ? List.of()
                : endpoint.getHints().getForZones().stream().map(z -> z.getName()).toList();
    }
}

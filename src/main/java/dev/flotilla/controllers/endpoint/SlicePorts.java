package dev.flotilla.controllers.endpoint;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// The ports that a slice has, in any order: endpoints whose ports are equal may lie together.
record SlicePorts(Set<One> all) {
    /// @param number null means any
    record One(
            String name, @Nullable Integer number, String protocol, @Nullable String appProtocol) {}

    static SlicePorts of(Collection<EndpointPort> ports) {
        return new SlicePorts(
                ports.stream()
                        .map(
                                p ->
                                        new One(
                                                Objects.requireNonNullElse(p.getName(), ""),
                                                p.getPort(),
                                                Objects.requireNonNullElse(p.getProtocol(), "TCP"),
                                                p.getAppProtocol()))
                        .collect(Collectors.toSet()));
    }

    static List<EndpointPort> of(Service service, Pod pod) {
        return TargetPorts.of(service, pod).stream()
                .map(
                        t ->
                                new EndpointPortBuilder()
                                        .withName(
                                                Objects.requireNonNullElse(t.port().getName(), ""))
                                        .withPort(t.number())
                                        .withProtocol(TargetPorts.protocol(t.port()))
                                        .withAppProtocol(t.port().getAppProtocol())
                                        .build())
                .toList();
    }
}

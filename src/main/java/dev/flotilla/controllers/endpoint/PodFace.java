package dev.flotilla.controllers.endpoint;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// What of a pod its Services tell.
record PodFace(
        String uid,
        Map<String, String> labels,
        List<String> addresses,
        boolean ready,
        boolean leaving,
        boolean over,
        @Nullable String node,
        @Nullable String hostname,
        @Nullable String subdomain) {

    static PodFace of(Pod pod) {
        return new PodFace(
                pod.getMetadata().getUid(),
                Owners.labels(pod),
                addresses(pod),
                PodState.ready(pod),
                Owners.leaving(pod),
                PodState.over(pod),
                PodState.node(pod),
                pod.getSpec().getHostname(),
                pod.getSpec().getSubdomain());
    }

    /// Of all families, the first first.
    static List<String> addresses(Pod pod) {
        var status = pod.getStatus();
        if (status == null) {
            return List.of();
        }
        if (status.getPodIPs().isEmpty()) {
            return status.getPodIP() == null ? List.of() : List.of(status.getPodIP());
        }
        return status.getPodIPs().stream().map(PodIP::getIp).toList();
    }
}

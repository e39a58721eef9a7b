package dev.flotilla.ui.state;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.model.Resources;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Asks `metrics.k8s.io` what nodes and pods use. A cluster without it has no measurements.
final class UseReader {
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final KubernetesClient client;
    private final InstantSource time;

    UseReader(KubernetesClient client, InstantSource time) {
        this.client = client;
        this.time = time;
    }

    Uses read() {
        try {
            var nodes = new HashMap<String, Use>();
            for (var node : client.top().nodes().metrics().getItems()) {
                nodes.put(node.getMetadata().getName(), use(node.getTimestamp(), node.getUsage()));
            }
            var pods = new HashMap<ObjectKey, Use>();
            for (var pod : client.top().pods().metrics().getItems()) {
                for (var container : pod.getContainers()) {
                    pods.merge(
                            ObjectKey.of(pod),
                            use(pod.getTimestamp(), container.getUsage()),
                            Use::plus);
                }
            }
            return new Uses(nodes, pods);
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND || e.getCode() == UNAVAILABLE) {
                return Uses.NONE;
            }
            throw e;
        }
    }

    private Use use(@Nullable String stamp, Map<String, Quantity> usage) {
        var amount = Resources.of(usage);
        Instant at = stamp == null ? time.instant() : Instant.parse(stamp);
        return new Use(at, amount.cpuMillis(), amount.memoryBytes());
    }

    /// What all nodes and pods use.
    record Uses(Map<String, Use> nodes, Map<ObjectKey, Use> pods) {
        static final Uses NONE = new Uses(Map.of(), Map.of());
    }
}

package dev.flotilla.node.pressure;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Written;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.ContainerRuntime;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import java.time.Duration;
import java.time.InstantSource;

/// Has a pod go: its end is told before its containers are killed.
public record Eviction(
        Cluster cluster, ContainerRuntime runtime, EventRecorder events, InstantSource time) {
    private static final int TRIES = 5;

    /// @param disruption see [Evicted#status]
    /// @return false if it is gone already
    boolean of(Pod pod, String message, boolean disruption) {
        if (!write(pod, message, disruption)) {
            return false;
        }
        events.warning(pod, Evicted.REASON, message);
        for (var container : runtime.containers(pod.getMetadata().getUid())) {
            runtime.stop(container.id(), Duration.ZERO);
        }
        return true;
    }

    private boolean write(Pod pod, String message, boolean disruption) {
        for (int i = 0; i < TRIES; i++) {
            var now =
                    cluster.get(Pod.class, ObjectKey.of(pod))
                            .filter(
                                    p ->
                                            p.getMetadata()
                                                    .getUid()
                                                    .equals(pod.getMetadata().getUid()));
            if (now.isEmpty()) {
                return false;
            }
            var status = Evicted.status(now.get(), message, disruption, time.instant());
            var after = new PodBuilder(now.get()).withStatus(status).build();
            switch (cluster.updateStatus(now.get(), after)) {
                case Written.Done<Pod> _ -> {
                    return true;
                }
                case Written.Conflict<Pod> _ -> {}
                case Written.Refused<Pod>(var reason, var words) ->
                        throw new IllegalStateException(
                                "the API refuses the status of an evicted pod: "
                                        + reason
                                        + ": "
                                        + words);
            }
        }
        return false;
    }
}

package dev.flotilla.node.stream;

import dev.flotilla.cluster.PodStreams.Refused;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Stream;

/// Which container's log is to be shown, by the pod's status as a kubelet judges it.
///
/// @param containerId without the engine's name before it
/// @param earlier whether a run of it is meant that another has followed
record LogSource(String containerId, boolean earlier) {
    private static final ContainerState NONE = new ContainerState();

    /// @throws Refused with Kubernetes' words if there is nothing to show
    static LogSource of(Pod pod, String container, boolean previous) throws Refused {
        var podName = pod.getMetadata().getName();
        var status = status(pod, container);
        if (status == null) {
            throw new Refused(
                    "container \"%s\" in pod \"%s\" is not available"
                            .formatted(container, podName));
        }
        var now = status.getState() == null ? NONE : status.getState();
        var last = status.getLastState() == null ? null : status.getLastState().getTerminated();
        if (previous) {
            var id = id(last);
            if (id.isEmpty()) {
                throw new Refused(
                        "previous terminated container \"%s\" in pod \"%s\" not found"
                                .formatted(container, podName));
            }
            boolean waits = now.getRunning() == null && now.getTerminated() == null;
            return new LogSource(id, !waits && id.equals(bare(status.getContainerID())));
        }
        if (now.getRunning() != null) {
            return new LogSource(bare(status.getContainerID()), false);
        }
        if (now.getTerminated() != null || last != null) {
            var id = Stream.of(id(now.getTerminated()), id(last)).filter(i -> !i.isEmpty());
            return new LogSource(
                    id.findFirst()
                            .orElseThrow(
                                    () ->
                                            new Refused(
                                                    "container \"%s\" in pod \"%s\" is terminated"
                                                            .formatted(container, podName))),
                    false);
        }
        if (now.getWaiting() == null) {
            throw new Refused(
                    "container \"%s\" in pod \"%s\" is waiting to start - no logs yet"
                            .formatted(container, podName));
        }
        var reason = now.getWaiting().getReason();
        throw new Refused(
                "container \"%s\" in pod \"%s\" is waiting to start: %s"
                        .formatted(
                                container,
                                podName,
                                switch (reason == null ? "" : reason) {
                                    case "ErrImagePull" -> "image can't be pulled";
                                    case "ImagePullBackOff" -> "trying and failing to pull image";
                                    case String other -> other;
                                }));
    }

    private static @Nullable ContainerStatus status(Pod pod, String container) {
        var status = pod.getStatus();
        return status == null
                ? null
                : Stream.of(
                                status.getContainerStatuses(),
                                status.getInitContainerStatuses(),
                                status.getEphemeralContainerStatuses())
                        .flatMap(List::stream)
                        .filter(s -> s.getName().equals(container))
                        .findFirst()
                        .orElse(null);
    }

    private static String id(@Nullable ContainerStateTerminated ended) {
        return ended == null ? "" : bare(ended.getContainerID());
    }

    private static String bare(@Nullable String containerId) {
        return containerId == null ? "" : containerId.replaceFirst("^[a-z]+://", "");
    }
}

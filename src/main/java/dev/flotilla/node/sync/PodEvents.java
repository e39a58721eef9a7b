package dev.flotilla.node.sync;

import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.node.plan.Deadline;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;

import org.jspecify.annotations.Nullable;

/// Tells as events what a change of status means: waits that began, restarts by the engine.
record PodEvents(EventRecorder events) {
    void tell(Pod pod, PodStatus before, PodStatus after) {
        if (Deadline.REASON.equals(after.getReason()) && before.getReason() == null) {
            events.normal(pod, Deadline.REASON, Deadline.MESSAGE);
        }
        for (var now : after.getContainerStatuses()) {
            var was =
                    before.getContainerStatuses().stream()
                            .filter(s -> s.getName().equals(now.getName()))
                            .findFirst()
                            .orElse(null);
            var reason = waiting(now);
            if (!reason.equals(waiting(was))) {
                began(pod, now, reason);
            }
            if (was != null
                    && now.getRestartCount() > was.getRestartCount()
                    && now.getState().getRunning() != null) {
                events.normal(pod, "Started", "Started container " + now.getName());
            }
        }
    }

    private void began(Pod pod, ContainerStatus status, String reason) {
        switch (reason) {
            case "ImagePullBackOff" -> {
                events.normal(
                        pod, "BackOff", "Back-off pulling image \"" + status.getImage() + "\"");
                events.warning(pod, "Failed", "Error: ImagePullBackOff");
            }
            case "CrashLoopBackOff" ->
                    events.warning(
                            pod,
                            "BackOff",
                            "Back-off restarting failed container %s in pod %s_%s(%s)"
                                    .formatted(
                                            status.getName(),
                                            pod.getMetadata().getName(),
                                            pod.getMetadata().getNamespace(),
                                            pod.getMetadata().getUid()));
            default -> {}
        }
    }

    private static String waiting(@Nullable ContainerStatus status) {
        var state = status == null ? null : status.getState();
        var waiting = state == null ? null : state.getWaiting();
        return waiting == null || waiting.getReason() == null ? "" : waiting.getReason();
    }
}

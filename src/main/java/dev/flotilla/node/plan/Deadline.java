package dev.flotilla.node.plan;

import io.fabric8.kubernetes.api.model.Pod;

import java.time.Instant;
import java.util.Optional;

/// Until when a pod may be at work: `activeDeadlineSeconds`, counted from when its node first knew
/// of it.
public final class Deadline {
    /// Kubernetes' words for a pod that was stopped by it.
    public static final String REASON = "DeadlineExceeded";

    public static final String MESSAGE =
            "Pod was active on the node longer than the specified deadline";

    private Deadline() {}

    static Optional<Instant> of(Pod pod) {
        var seconds = pod.getSpec().getActiveDeadlineSeconds();
        var began = pod.getStatus() == null ? null : pod.getStatus().getStartTime();
        return seconds == null || began == null || PodPlan.isOver(pod)
                ? Optional.empty()
                : Optional.of(Instant.parse(began).plusSeconds(seconds));
    }

    /// Whether it is over.
    public static boolean passed(Pod pod, Instant now) {
        return of(pod).filter(at -> !now.isBefore(at)).isPresent();
    }
}

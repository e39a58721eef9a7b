package dev.flotilla.controllers.owner;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a pod's status means for its owner.
public final class PodState {
    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    private PodState() {}

    /// Counts as a replica: neither over nor about to go.
    public static boolean active(Pod pod) {
        return !over(pod) && !Owners.leaving(pod);
    }

    public static boolean over(Pod pod) {
        return OVER.contains(phase(pod));
    }

    public static String phase(Pod pod) {
        var status = pod.getStatus();
        return status == null || status.getPhase() == null ? "Pending" : status.getPhase();
    }

    public static boolean ready(Pod pod) {
        return condition(pod, "Ready").filter(c -> c.getStatus().equals("True")).isPresent();
    }

    /// Ready for at least `minReadySeconds`.
    public static boolean available(Pod pod, int minReadySeconds, Instant now) {
        return untilAvailable(pod, minReadySeconds, now).filter(Duration::isZero).isPresent();
    }

    /// How long until the pod is available if it stays ready; empty when it is not ready.
    public static Optional<Duration> untilAvailable(Pod pod, int minReadySeconds, Instant now) {
        if (!ready(pod)) {
            return Optional.empty();
        }
        var left = Duration.between(now, readySince(pod).plusSeconds(minReadySeconds));
        return Optional.of(minReadySeconds == 0 || left.isNegative() ? Duration.ZERO : left);
    }

    /// How long until the next of them becomes available by waiting alone.
    public static Optional<Duration> untilNextAvailable(
            List<Pod> pods, int minReadySeconds, Instant now) {
        return pods.stream()
                .filter(PodState::active)
                .flatMap(p -> untilAvailable(p, minReadySeconds, now).stream())
                .filter(Duration::isPositive)
                .min(Duration::compareTo);
    }

    /// When it became ready; the beginning of time when it is not or nobody said.
    public static Instant readySince(Pod pod) {
        return condition(pod, "Ready")
                .filter(c -> c.getStatus().equals("True"))
                .map(PodCondition::getLastTransitionTime)
                .map(Instant::parse)
                .orElse(Instant.EPOCH);
    }

    public static boolean unschedulable(Pod pod) {
        return node(pod) == null
                && condition(pod, "PodScheduled")
                        .filter(c -> "Unschedulable".equals(c.getReason()))
                        .isPresent();
    }

    public static @Nullable String node(Pod pod) {
        var node = pod.getSpec().getNodeName();
        return node == null || node.isEmpty() ? null : node;
    }

    public static int restarts(Pod pod) {
        return pod.getStatus() == null
                ? 0
                : pod.getStatus().getContainerStatuses().stream()
                        .mapToInt(ContainerStatus::getRestartCount)
                        .max()
                        .orElse(0);
    }

    public static Optional<PodCondition> condition(Pod pod, String type) {
        var status = pod.getStatus();
        return status == null
                ? Optional.empty()
                : status.getConditions().stream().filter(c -> c.getType().equals(type)).findFirst();
    }

    /// When it ended, as well as can be told.
    public static Instant ended(Pod pod) {
        var ends =
                pod.getStatus() == null
                        ? Optional.<Instant>empty()
                        : pod.getStatus().getContainerStatuses().stream()
                                .flatMap(c -> Optional.ofNullable(c.getState()).stream())
                                .flatMap(s -> Optional.ofNullable(s.getTerminated()).stream())
                                .flatMap(t -> Optional.ofNullable(t.getFinishedAt()).stream())
                                .map(Instant::parse)
                                .max(Instant::compareTo);
        var meta = pod.getMetadata();
        return ends.or(
                        () ->
                                condition(pod, "Ready")
                                        .filter(c -> c.getStatus().equals("False"))
                                        .map(PodCondition::getLastTransitionTime)
                                        .map(Instant::parse))
                .or(() -> Optional.ofNullable(meta.getDeletionTimestamp()).map(Instant::parse))
                .orElseGet(() -> created(pod));
    }

    /// A time that a mark tells; empty when there is none or it can't be read.
    public static Optional<Instant> time(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    public static Instant created(Pod pod) {
        var created = pod.getMetadata().getCreationTimestamp();
        return created == null ? Instant.EPOCH : Instant.parse(created);
    }
}

package dev.flotilla.controllers.deployment;

import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Signs that new pods will hardly ever be ready: a container that crashed three times and is down,
/// or an image that can't be had for a minute.
final class Trouble {
    static final int CRASHES = 3;
    static final Duration WITHOUT_IMAGE = Duration.ofMinutes(1);

    private static final Set<String> NO_IMAGE =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");

    private Trouble() {}

    /// What is wrong with the first that is in trouble, in words.
    static Optional<String> of(List<Pod> pods, Instant now) {
        return pods.stream().filter(PodState::active).flatMap(p -> of(p, now)).findFirst();
    }

    /// How long until some image counts as one that can't be had.
    static Optional<Duration> until(List<Pod> pods, Instant now) {
        return pods.stream()
                .filter(PodState::active)
                .filter(p -> containers(p).anyMatch(Trouble::lacksImage))
                .map(p -> Duration.between(now, PodState.created(p).plus(WITHOUT_IMAGE)))
                .filter(Duration::isPositive)
                .min(Duration::compareTo);
    }

    private static Stream<String> of(Pod pod, Instant now) {
        boolean late = !now.isBefore(PodState.created(pod).plus(WITHOUT_IMAGE));
        var name = pod.getMetadata().getName();
        return containers(pod)
                .flatMap(
                        c -> {
                            if (crashed(c)) {
                                return Stream.of(
                                        "container %s of pod %s crashed %d times%s"
                                                .formatted(
                                                        c.getName(),
                                                        name,
                                                        c.getRestartCount(),
                                                        exitCode(c)));
                            }
                            return late && lacksImage(c)
                                    ? Stream.of(
                                            "image %s of container %s of pod %s can't be had: %s"
                                                    .formatted(
                                                            c.getImage(),
                                                            c.getName(),
                                                            name,
                                                            c.getState().getWaiting().getReason()))
                                    : Stream.empty();
                        });
    }

    private static boolean crashed(ContainerStatus container) {
        var state = container.getState();
        boolean down = state != null && state.getRunning() == null;
        return down && container.getRestartCount() >= CRASHES;
    }

    private static boolean lacksImage(ContainerStatus container) {
        var state = container.getState();
        return state != null
                && state.getWaiting() != null
                && state.getWaiting().getReason() != null
                && NO_IMAGE.contains(state.getWaiting().getReason());
    }

    private static String exitCode(ContainerStatus container) {
        return Stream.of(
                        Optional.ofNullable(container.getState()),
                        Optional.ofNullable(container.getLastState()))
                .flatMap(Optional::stream)
                .map(Trouble::exitCode)
                .flatMap(Optional::stream)
                .findFirst()
                .map(code -> ", last with exit code " + code)
                .orElse("");
    }

    private static Optional<Integer> exitCode(@Nullable ContainerState state) {
        return state == null || state.getTerminated() == null
                ? Optional.empty()
                : Optional.ofNullable(state.getTerminated().getExitCode());
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        var status = pod.getStatus();
        return status == null
                ? Stream.empty()
                : Stream.concat(
                        status.getInitContainerStatuses().stream(),
                        status.getContainerStatuses().stream());
    }
}

package dev.flotilla.node.sync;

import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.node.Check;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.probe.Handlers;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Pod;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// What a container asks to be done after its start and before its end. Each is done at least once;
/// its own words go into no event, because they may tell a secret.
record Hooks(ContainerRuntime runtime, EventRecorder events, InstantSource time) {
    static final String FAILED_START = "FailedPostStartHook";

    /// A start may take as long as it likes.
    private static final Duration NO_BOUND = Duration.ofDays(1);

    /// A container is never killed without this much time to end.
    private static final Duration LEAST = Duration.ofSeconds(2);

    /// @return whether the container may count as started
    boolean afterStart(Pod pod, Container container, String id, String podIp) {
        var hook = container.getLifecycle().getPostStart();
        boolean well = run(hook, container, id, podIp, NO_BOUND);
        if (!well) {
            events.warning(pod, FAILED_START, "PostStartHook failed");
        }
        return well;
    }

    /// @return what is left of the grace
    Duration beforeStop(Pod pod, Container container, String id, String podIp, Duration grace) {
        var hook =
                Optional.ofNullable(container.getLifecycle()).map(l -> l.getPreStop()).orElse(null);
        if (hook == null || !grace.isPositive()) {
            return grace;
        }
        var began = time.instant();
        boolean well = run(hook, container, id, podIp, grace);
        var left = grace.minusSeconds(Duration.between(began, time.instant()).toSeconds());
        if (!well && left.isPositive()) {
            events.warning(pod, "FailedPreStopHook", "PreStopHook failed");
        }
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }

    private boolean run(
            LifecycleHandler hook,
            Container container,
            String id,
            String podIp,
            Duration patience) {
        return Handlers.of(hook, container, id, podIp, patience)
                .map(runtime::check)
                .filter(Check.Answer::well)
                .isPresent();
    }
}

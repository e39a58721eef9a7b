package dev.flotilla.node.status;

import dev.flotilla.node.ContainerState;
import dev.flotilla.node.ContainerState.Phase;
import dev.flotilla.node.Shape;
import dev.flotilla.node.memory.Ending;
import dev.flotilla.node.memory.Track;
import dev.flotilla.node.probe.Vital;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// The status of one container, in Kubernetes' words.
///
/// @param pause what stands in the way of the whole pod, null if nothing does
/// @param once whether it need not run for ever
record ContainerStatuses(
        Instant now, String engine, Pod pod, @Nullable Waiting pause, boolean once) {

    /// Bytes.
    private static final int MOST_OF_A_POD = 12 * 1024;

    /// Why a container does not run.
    record Waiting(String reason, @Nullable String message) {
        private static final Waiting CREATING = new Waiting("ContainerCreating", null);
        private static final Waiting INITIALIZING = new Waiting("PodInitializing", null);

        static Waiting usual(Pod pod) {
            return pod.getSpec().getInitContainers().isEmpty() ? CREATING : INITIALIZING;
        }
    }

    ContainerStatus of(
            Container container, @Nullable ContainerState state, Track track, Vital vital) {
        var status = new ContainerStatusBuilder();
        status.withName(container.getName());
        status.withImage(state == null ? container.getImage() : state.image());
        status.withImageID(state == null ? "" : state.imageId());
        status.withRestartCount(track.restarts());
        var id = state == null ? track.containerId() : state.id();
        if (!id.isEmpty()) {
            status.withContainerID(scheme() + id);
        }
        boolean running =
                state != null && state.phase() instanceof Phase.Running && !track.starting();
        var shown = new ContainerStateBuilder();
        var current = current(container, state, track, shown);
        boolean ready = running ? vital.ready() : current != null && isDone(container, current);
        status.withReady(ready).withStarted(running && vital.started());
        status.withState(shown.build());
        var last = previous(track, current);
        var lastState = new ContainerStateBuilder();
        if (last != null) {
            lastState.withTerminated(terminated(last, last.reason()));
        }
        return status.withLastState(lastState.build()).build();
    }

    /// @return the ending that is the present state, null if the present is something else
    private @Nullable Ending current(
            Container container,
            @Nullable ContainerState state,
            Track track,
            ContainerStateBuilder shown) {
        var last = track.lastEnding();
        if (state == null) {
            return absent(container, track, shown);
        }
        switch (state.phase()) {
            case Phase.Running(var since) -> {
                if (track.starting()) {
                    waiting(
                            shown,
                            last == null ? trouble(container, track) : heldOff(container, track));
                } else {
                    shown.withNewRunning(Stamps.of(since));
                }
                return null;
            }
            case Phase.Created _ -> {
                waiting(shown, trouble(container, track));
                return null;
            }
            case Phase.Restarting _ -> {
                if (last == null || !inLoop(state, last)) {
                    return ended(last, shown);
                }
                waiting(shown, crashLoop(container, ""));
                return null;
            }
            case Phase.Exited _ -> {
                if (isHeld(container, track)) {
                    waiting(shown, heldOff(container, track));
                    return null;
                }
                if (track.trouble() != null) {
                    waiting(shown, trouble(container, track));
                    return null;
                }
                return ended(last, shown);
            }
        }
    }

    /// An init container that did its work.
    private boolean isDone(Container container, Ending ending) {
        return ending.exitCode() == 0
                && !Shape.isSidecar(container)
                && pod.getSpec().getInitContainers().stream()
                        .anyMatch(c -> c.getName().equals(container.getName()));
    }

    private boolean isHeld(Container container, Track track) {
        var at = track.startsAt(Shape.hasPostStart(container));
        return !leaving() && at != null && now.isBefore(at);
    }

    private Waiting heldOff(Container container, Track track) {
        var held = track.pause();
        return held == null ? trouble(container, track) : crashLoop(container, held.words() + " ");
    }

    private Waiting crashLoop(Container container, String time) {
        var meta = pod.getMetadata();
        return new Waiting(
                "CrashLoopBackOff",
                "back-off %srestarting failed container=%s pod=%s_%s(%s)"
                        .formatted(
                                time,
                                container.getName(),
                                meta.getName(),
                                meta.getNamespace(),
                                meta.getUid()));
    }

    private boolean leaving() {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    private @Nullable Ending absent(Container container, Track track, ContainerStateBuilder shown) {
        var last = track.lastEnding();
        if (track.containerId().isEmpty() || (!once && !leaving())) {
            waiting(shown, trouble(container, track));
            return null;
        }
        if (last == null || !last.containerId().equals(track.containerId())) {
            shown.withTerminated(
                    new ContainerStateTerminatedBuilder()
                            .withExitCode(137)
                            .withReason("ContainerStatusUnknown")
                            .withMessage(
                                    "The container could not be located when the pod was"
                                            + " terminated")
                            .build());
            return null;
        }
        return ended(last, shown);
    }

    /// A first crash, or one after a good run, is followed at once by a start: no loop yet.
    private static boolean inLoop(ContainerState state, Ending last) {
        return state.restarts() > 1 && !last.afterGoodRun();
    }

    private @Nullable Ending ended(@Nullable Ending ending, ContainerStateBuilder shown) {
        if (ending == null) {
            waiting(shown, Waiting.usual(pod));
        } else {
            shown.withTerminated(terminated(ending, ending.reason()));
        }
        return ending;
    }

    private Waiting trouble(Container container, Track track) {
        if (pause != null) {
            return pause;
        }
        var trouble = track.trouble();
        return trouble == null
                ? Waiting.usual(pod)
                : new Waiting(
                        trouble.shownReason(now), trouble.shownMessage(now, container.getImage()));
    }

    private static void waiting(ContainerStateBuilder shown, Waiting why) {
        shown.withNewWaiting(why.message(), why.reason());
    }

    private static @Nullable Ending previous(Track track, @Nullable Ending current) {
        for (int i = track.endings().size() - 1; i >= 0; i--) {
            var ending = track.endings().get(i);
            if (!ending.equals(current)) {
                return ending;
            }
        }
        return null;
    }

    private ContainerStateTerminated terminated(Ending ending, String reason) {
        return new ContainerStateTerminatedBuilder()
                .withExitCode(ending.exitCode())
                .withReason(reason)
                .withStartedAt(Stamps.orNull(ending.started()))
                .withFinishedAt(Stamps.of(ending.finished()))
                .withMessage(words(ending))
                .withContainerID(scheme() + ending.containerId())
                .build();
    }

    /// All that a pod's containers say has room in its status.
    private @Nullable String words(Ending ending) {
        var words = ending.words();
        if (words == null || words.isEmpty()) {
            return null;
        }
        int containers = Shape.containers(pod).size();
        var bytes = words.getBytes(StandardCharsets.UTF_8);
        int most = MOST_OF_A_POD / Math.max(1, containers);
        return bytes.length <= most ? words : new String(bytes, 0, most, StandardCharsets.UTF_8);
    }

    private String scheme() {
        return engine + "://";
    }
}

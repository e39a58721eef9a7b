package dev.flotilla.node.status;

import dev.flotilla.node.ContainerState;
import dev.flotilla.node.ContainerState.Phase;
import dev.flotilla.node.memory.Ending;
import dev.flotilla.node.memory.Track;
import dev.flotilla.node.probe.Vital;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// The status of one container, in Kubernetes' words.
///
/// @param pause what stands in the way of the whole pod, null if nothing does
/// @param leaving whether the pod is being deleted
record ContainerStatuses(
        Instant now, String engine, @Nullable Waiting pause, boolean leaving, boolean once) {

    /// Why a container does not run.
    record Waiting(String reason, @Nullable String message) {
        static final Waiting CREATING = new Waiting("ContainerCreating", null);
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
        boolean running = state != null && state.phase() instanceof Phase.Running;
        status.withReady(running && vital.ready()).withStarted(running && vital.started());
        var shown = new ContainerStateBuilder();
        var current = current(container, state, track, shown);
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
                shown.withNewRunning(Stamps.of(since));
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
                waiting(
                        shown,
                        new Waiting(
                                "CrashLoopBackOff",
                                "back-off restarting failed container=" + container.getName()));
                return null;
            }
            case Phase.Exited _ -> {
                if (track.trouble() != null) {
                    waiting(shown, trouble(container, track));
                    return null;
                }
                return ended(last, shown);
            }
        }
    }

    private @Nullable Ending absent(Container container, Track track, ContainerStateBuilder shown) {
        var last = track.lastEnding();
        if (track.containerId().isEmpty() || (!once && !leaving)) {
            waiting(shown, trouble(container, track));
            return null;
        }
        if (last == null || !last.containerId().equals(track.containerId())) {
            shown.withTerminated(
                    new ContainerStateTerminatedBuilder()
                            .withExitCode(137)
                            .withReason("ContainerStatusUnknown")
                            .withMessage("The container could not be located any more")
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
            waiting(shown, Waiting.CREATING);
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
                ? Waiting.CREATING
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
                .withContainerID(scheme() + ending.containerId())
                .build();
    }

    private String scheme() {
        return engine + "://";
    }
}

package dev.flotilla.node.memory;

import dev.flotilla.node.ContainerRuntime.Death;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.ContainerState.Phase;
import dev.flotilla.node.PodLabels;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What the kubelet remembers of one container of a pod, beyond what the engine shows now. After a
/// restart of the master it is begun from the status that the pod has in the API.
///
/// @param containerId the engine's id, empty before the first
/// @param engineRestarts the engine's count when last seen; it falls to 0 when a container is made
///   anew or started by hand
/// @param restarts the pod's count, which never falls
/// @param since when the run that was last seen began
/// @param endings the last two, oldest first
/// @param trouble why it is not made or started
public record Track(
        String containerId,
        int engineRestarts,
        int restarts,
        @Nullable Instant since,
        List<Ending> endings,
        @Nullable Trouble trouble) {
    private static final int UNKNOWN = -1;

    /// Of a container that nobody has seen.
    public static final Track NEW = new Track("", 0, 0, null, List.of(), null);

    static Track from(ContainerStatus status) {
        var track =
                new Track(
                        bare(status.getContainerID()),
                        UNKNOWN,
                        status.getRestartCount() == null ? 0 : status.getRestartCount(),
                        null,
                        List.of(),
                        null);
        if (status.getLastState() != null) {
            track = track.ended(ending(status.getLastState().getTerminated()));
        }
        if (status.getState() != null) {
            track = track.ended(ending(status.getState().getTerminated()));
        }
        return track;
    }

    public Track seen(ContainerState state) {
        boolean same = state.id().equals(containerId);
        int now = state.restarts();
        int total;
        if (!same || engineRestarts == UNKNOWN) {
            total = Math.max(restarts, made(state) + now);
        } else {
            total = restarts + (now >= engineRestarts ? now - engineRestarts : now);
        }
        var next = new Track(state.id(), now, total, same ? since : null, endings, trouble);
        return switch (state.phase()) {
            case Phase.Created _ -> next;
            case Phase.Running(var began) -> next.running(began);
            case Phase.Restarting(var code, var at) ->
                    next.ended(new Ending(state.id(), code, false, next.since, at));
            case Phase.Exited(var code, var memory, var began, var at) ->
                    next.ended(new Ending(state.id(), code, memory, began, at));
        };
    }

    Track died(Death death) {
        return ended(
                new Ending(
                        death.containerId(),
                        death.exitCode(),
                        false,
                        death.containerId().equals(containerId) ? since : null,
                        death.at()));
    }

    /// We started it again after it had ended; the engine counts anew.
    Track startedAgain() {
        return new Track(containerId, 0, restarts + 1, since, endings, null);
    }

    /// It could not be made or started, once more or for another reason.
    public Track failed(String reason, String message, Instant at) {
        int times = trouble != null && trouble.reason().equals(reason) ? trouble.times() + 1 : 1;
        return with(new Trouble(reason, message, times, at));
    }

    Track with(@Nullable Trouble now) {
        return new Track(containerId, engineRestarts, restarts, since, endings, now);
    }

    /// The restarts that a container made now begins with.
    public int restartsOfNext() {
        return containerId.isEmpty() ? 0 : restarts + 1;
    }

    /// How its last run ended, null if none did.
    public @Nullable Ending lastEnding() {
        return endings.isEmpty() ? null : endings.getLast();
    }

    private Track running(Instant began) {
        return new Track(containerId, engineRestarts, restarts, began, endings, null);
    }

    private Track ended(@Nullable Ending ending) {
        if (ending == null) {
            return this;
        }
        var all = new ArrayList<>(endings);
        boolean knownBetter = all.stream().anyMatch(e -> e.sameAs(ending) && e.outOfMemory());
        if (!knownBetter) {
            all.removeIf(ending::sameAs);
            all.add(ending);
        }
        var lastTwo = all.subList(Math.max(0, all.size() - 2), all.size());
        return new Track(
                containerId, engineRestarts, restarts, since, List.copyOf(lastTwo), trouble);
    }

    private static int made(ContainerState state) {
        var text = PodLabels.of(state, PodLabels.RESTARTS);
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static @Nullable Ending ending(@Nullable ContainerStateTerminated t) {
        if (t == null || t.getFinishedAt() == null) {
            return null;
        }
        return new Ending(
                bare(t.getContainerID()),
                t.getExitCode() == null ? 0 : t.getExitCode(),
                "OOMKilled".equals(t.getReason()),
                t.getStartedAt() == null ? null : Instant.parse(t.getStartedAt()),
                Instant.parse(t.getFinishedAt()));
    }

    /// An id without the `docker://` that Kubernetes puts before it.
    private static String bare(@Nullable String containerId) {
        return containerId == null ? "" : containerId.replaceFirst("^[a-z]+://", "");
    }
}

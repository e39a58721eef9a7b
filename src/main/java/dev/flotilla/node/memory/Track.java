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
/// @param turn what stands between it and its next run
public record Track(
        String containerId,
        int engineRestarts,
        int restarts,
        @Nullable Instant since,
        List<Ending> endings,
        Turn turn) {
    private static final int UNKNOWN = -1;

    /// Of a container that nobody has seen.
    public static final Track NEW = new Track("", 0, 0, null, List.of(), Turn.FREE);

    static Track from(ContainerStatus status) {
        var track =
                new Track(
                        bare(status.getContainerID()),
                        UNKNOWN,
                        status.getRestartCount() == null ? 0 : status.getRestartCount(),
                        null,
                        List.of(),
                        Turn.FREE);
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
        var next = new Track(state.id(), now, total, same ? since : null, endings, turn);
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
                        death.outOfMemory(),
                        death.containerId().equals(containerId) ? since : null,
                        death.at()));
    }

    /// We started it again after it had ended; the engine counts anew.
    Track startedAgain(Instant now) {
        var last = lastEnding();
        var pause = turn.pause();
        var next =
                last == null || pause == null ? Pause.first(now) : pause.next(last.finished(), now);
        return new Track(containerId, 0, restarts + 1, since, endings, turn.again(next));
    }

    /// We end its run, for a fault of its own.
    Track condemned() {
        return with(turn.condemned());
    }

    /// What it left to be told of how it ended.
    Track told(Ending ending, String words) {
        var all = endings.stream().map(e -> e.sameAs(ending) ? e.saying(words) : e).toList();
        return new Track(containerId, engineRestarts, restarts, since, all, turn);
    }

    /// The same with its `postStart` there.
    public Track with(Hook now) {
        return with(turn.with(now));
    }

    /// It could not be made or started, once more or for another reason.
    public Track failed(String reason, String message, Instant at) {
        var trouble = turn.trouble();
        int times = trouble != null && trouble.reason().equals(reason) ? trouble.times() + 1 : 1;
        return with(turn.with(new Trouble(reason, message, times, at)));
    }

    /// Nothing stands in its way any more.
    Track well() {
        return with(turn.with((Trouble) null));
    }

    private Track with(Turn now) {
        return new Track(containerId, engineRestarts, restarts, since, endings, now);
    }

    /// Why it is not made or started, null if nothing is known against it.
    public @Nullable Trouble trouble() {
        return turn.trouble();
    }

    /// Whether it has something to do yet before it counts as started.
    public boolean starting() {
        return turn.hook() != Hook.NONE;
    }

    /// The same, and it is being done.
    public boolean hooking() {
        return turn.hook() == Hook.RUNNING;
    }

    /// When the kubelet may start it after its last run, null if nothing but the kubelet's turn is
    /// waited for. A run that somebody ended by hand was no fault of the container's.
    ///
    /// @param always whether every ending counts as one
    public @Nullable Instant startsAt(boolean always) {
        var last = lastEnding();
        var pause = turn.pause();
        return last == null || pause == null || !(always || turn.ours())
                ? null
                : pause.over(last.finished());
    }

    /// How long it is held off between runs, null if it isn't.
    public @Nullable Pause pause() {
        return turn.pause();
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
        return new Track(
                containerId, engineRestarts, restarts, began, endings, turn.with((Trouble) null));
    }

    private Track ended(@Nullable Ending ending) {
        if (ending == null) {
            return this;
        }
        var all = new ArrayList<>(endings);
        var known = all.stream().filter(ending::sameAs).findFirst();
        known.ifPresentOrElse(k -> all.set(all.indexOf(k), ending.with(k)), () -> all.add(ending));
        var lastTwo = all.subList(Math.max(0, all.size() - 2), all.size());
        return new Track(containerId, engineRestarts, restarts, since, List.copyOf(lastTwo), turn);
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
                Instant.parse(t.getFinishedAt()),
                t.getMessage() == null ? "" : t.getMessage());
    }

    /// An id without the `docker://` that Kubernetes puts before it.
    private static String bare(@Nullable String containerId) {
        return containerId == null ? "" : containerId.replaceFirst("^[a-z]+://", "");
    }
}

package dev.flotilla.node.memory;

import dev.flotilla.node.ContainerRuntime.Death;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.PodLabels;
import dev.flotilla.node.Shape;

import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What the kubelet remembers of one pod, as long as it has a container or the API has the pod.
/// Guarded by its own monitor.
public final class PodMemory {
    private final Map<String, Track> tracks = new HashMap<>();
    private final Map<String, String> fetching = new HashMap<>();
    private final Set<String> imageReady = new HashSet<>();
    private final Set<String> busy = new HashSet<>();
    private String placed = "";
    private boolean bare;
    private boolean configured;
    private boolean begun;
    private boolean told;
    private int making;
    private @Nullable Instant firstSeen;

    /// Takes in what the engine shows.
    public synchronized Facts look(Pod pod, List<ContainerState> containers) {
        if (!begun) {
            Shape.statuses(pod).forEach(s -> tracks.put(s.getName(), Track.from(s)));
        }
        begun = true;
        containers.forEach(c -> change(PodLabels.container(c), t -> t.seen(c)));
        return facts();
    }

    /// When the pod was first looked at.
    public synchronized Instant firstSeen(Instant now) {
        var since = firstSeen == null ? now : firstSeen;
        firstSeen = since;
        return since;
    }

    /// What is remembered now.
    public synchronized Facts facts() {
        return new Facts(
                Map.copyOf(tracks),
                Map.copyOf(fetching),
                Set.copyOf(imageReady),
                Set.copyOf(busy),
                Map.of(),
                placed);
    }

    /// The engine told of a container's end, before it is looked at.
    public synchronized void died(Death death) {
        tracks.replaceAll(
                (_, t) -> t.containerId().equals(death.containerId()) ? t.died(death) : t);
    }

    /// The container could not be made or started.
    ///
    /// @param reason Kubernetes' word, see [Trouble]
    public synchronized void failed(String container, String reason, String message, Instant at) {
        imageReady.remove(container);
        change(container, t -> t.failed(reason, message, at));
    }

    /// We started a container that had ended.
    public synchronized void startedAgain(String container, Instant now) {
        change(container, t -> t.startedAgain(now));
    }

    /// We end its run for a fault of its own.
    public synchronized void condemned(String container) {
        change(container, Track::condemned);
    }

    /// What a container left to be told of how it ended.
    public synchronized void told(String container, Ending ending, String words) {
        change(container, t -> t.told(ending, words));
    }

    /// The container starts, and has something to do before it counts as started.
    public synchronized void hookDue(String container) {
        change(container, t -> t.with(Hook.DUE));
    }

    /// @return false if nothing is due, or it is being done
    public synchronized boolean beginHook(String container) {
        boolean due = tracks.getOrDefault(container, Track.NEW).turn().hook() == Hook.DUE;
        if (due) {
            change(container, t -> t.with(Hook.RUNNING));
        }
        return due;
    }

    /// It is done, whatever came of it.
    public synchronized void endHook(String container) {
        change(container, t -> t.with(Hook.NONE));
    }

    /// The container's image is there.
    public synchronized void fetched(String container) {
        imageReady.add(container);
    }

    /// The container is there; for the next one the image is looked for again.
    public synchronized void made(String container) {
        imageReady.remove(container);
        change(container, Track::well);
    }

    /// @return false if its image is being fetched already
    public synchronized boolean beginFetch(String container) {
        return fetching.putIfAbsent(container, "") == null;
    }

    /// How far its image has come, in words for a person.
    public synchronized void fetching(String container, String words) {
        fetching.replace(container, words);
    }

    /// Nobody fetches its image any more, whatever came of it.
    public synchronized void endFetch(String container) {
        fetching.remove(container);
    }

    /// @return false if something is being done with the container already
    public synchronized boolean begin(String container) {
        return busy.add(container);
    }

    /// What was done with the container is done, whatever came of it.
    public synchronized void end(String container) {
        busy.remove(container);
    }

    /// A container of it is being made and started now.
    public synchronized void beginMaking() {
        making++;
    }

    /// That is done, and whoever did it has the pod looked at.
    public synchronized void endMaking() {
        making--;
    }

    /// Whether any is being made, so that what the engine tells meanwhile is most likely that.
    public synchronized boolean isMaking() {
        return making > 0;
    }

    /// Whether nothing is being done with any container.
    public synchronized boolean idle() {
        return busy.isEmpty();
    }

    /// The pod's volumes are on the node.
    ///
    /// @param digest of what they hold
    public synchronized void placed(String digest) {
        placed = digest;
        bare = false;
        change(PodLabels.VOLUMES, Track::well);
    }

    /// The node has no place for them, and the pod does without.
    public synchronized void placedNothing(String digest) {
        placed(digest);
        bare = true;
    }

    /// Whether it does without.
    public synchronized boolean isBare() {
        return bare;
    }

    /// The node forgot what was placed there.
    public synchronized void displaced() {
        placed = "";
    }

    /// It has volumes whose content the cluster holds, and follows them.
    public synchronized void followsConfig() {
        configured = true;
    }

    /// Configuration changed: whatever waits for it is tried now.
    ///
    /// @return whether anything does, or follows it
    synchronized boolean configChanged() {
        boolean waits = tracks.values().stream().anyMatch(PodMemory::waitsForConfig);
        tracks.replaceAll((_, t) -> waitsForConfig(t) ? t.well() : t);
        return waits || configured;
    }

    private static boolean waitsForConfig(Track track) {
        var trouble = track.trouble();
        return trouble != null && trouble.waitsForConfig();
    }

    /// True the first time: what is said once for each pod.
    public synchronized boolean tellOnce() {
        boolean first = !told;
        told = true;
        return first;
    }

    private void change(String container, UnaryOperator<Track> how) {
        tracks.put(container, how.apply(tracks.getOrDefault(container, Track.NEW)));
    }
}

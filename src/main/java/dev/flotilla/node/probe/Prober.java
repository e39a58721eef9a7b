package dev.flotilla.node.probe;

import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.Check.Answer;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.ContainerState.Phase;
import dev.flotilla.node.PodLabels;
import dev.flotilla.node.Shape;
import dev.flotilla.node.probe.Run.Kind;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Asks the containers of one node how they are, when their probes say so, and has the kubelet look
/// at a pod again when the answers changed what counts.
public final class Prober {
    private final ContainerRuntime runtime;
    private final Executor executor;
    private final EventRecorder events;
    private final InstantSource time;
    private final Consumer<ObjectKey> changed;

    /// By the pod's uid, then by the container's name.
    private final Map<String, Map<String, Run>> runs = new ConcurrentHashMap<>();

    /// @param changed told of a pod whose probes changed what counts
    public Prober(
            ContainerRuntime runtime,
            Executor executor,
            EventRecorder events,
            InstantSource time,
            Consumer<ObjectKey> changed) {
        this.runtime = runtime;
        this.executor = executor;
        this.events = events;
        this.time = time;
        this.changed = changed;
    }

    /// Takes note of what runs of a pod now.
    ///
    /// @return how each container with probes is, by name
    public Map<String, Vital> follow(Pod pod, List<ContainerState> containers, String podIp) {
        var uid = pod.getMetadata().getUid();
        var probed = Shape.containers(pod).stream().filter(Run::any).toList();
        if (probed.isEmpty()) {
            return Map.of();
        }
        var before = runs.getOrDefault(uid, Map.of());
        var now = new HashMap<String, Run>();
        for (var container : probed) {
            var run = run(pod, container, containers, podIp, before.get(container.getName()));
            if (run != null) {
                now.put(container.getName(), run);
            }
        }
        runs.put(uid, now);
        var vitals = new HashMap<String, Vital>();
        now.forEach((name, run) -> vitals.put(name, run.vital()));
        return Map.copyOf(vitals);
    }

    /// The pod is leaving: nobody asks it any more.
    public void forget(String uid) {
        runs.remove(uid);
    }

    /// Asks what is due; never waits for an answer.
    public void tick() {
        var now = time.instant();
        for (var pod : runs.values()) {
            for (var run : pod.values()) {
                for (var kind : run.due(now)) {
                    executor.execute(() -> ask(run, kind));
                }
            }
        }
    }

    private @Nullable Run run(
            Pod pod,
            Container container,
            List<ContainerState> containers,
            String podIp,
            @Nullable Run before) {
        for (var state : containers) {
            if (PodLabels.container(state).equals(container.getName())
                    && state.phase() instanceof Phase.Running(var since)) {
                boolean same =
                        before != null
                                && before.containerId.equals(state.id())
                                && before.since.equals(since);
                return same
                        ? before
                        : new Run(
                                pod,
                                container,
                                state.id(),
                                since,
                                podIp,
                                before == null ? status(pod, container) : null,
                                time.instant());
            }
        }
        return null;
    }

    private static @Nullable ContainerStatus status(Pod pod, Container container) {
        return Shape.statuses(pod).stream()
                .filter(s -> s.getName().equals(container.getName()))
                .findFirst()
                .orElse(null);
    }

    private void ask(Run run, Kind kind) {
        Answer answer;
        try {
            answer = answer(run, kind);
        } catch (RuntimeUnavailable e) {
            // The heartbeat judges the node; its containers are not to blame.
            run.lost(kind, time.instant());
            return;
        }
        if (!answer.well()) {
            events.warning(
                    run.pod,
                    "Unhealthy",
                    "%s probe failed: %s".formatted(kind.word, answer.words()));
        }
        if (run.answered(kind, answer.well(), time.instant())) {
            changed.accept(ObjectKey.of(run.pod));
        }
    }

    private Answer answer(Run run, Kind kind) {
        var probe = run.probe(kind);
        if (probe == null) {
            return Answer.WELL;
        }
        var check =
                Checks.of(
                        probe,
                        run.container,
                        run.containerId,
                        run.podIp,
                        run.rhythm(kind).timeout());
        return check.isEmpty()
                ? Answer.unwell("its port is none that the container names")
                : runtime.check(check.get());
    }
}

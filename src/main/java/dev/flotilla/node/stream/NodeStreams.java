package dev.flotilla.node.stream;

import dev.flotilla.cluster.PodStreams.LogOptions;
import dev.flotilla.cluster.PodStreams.Place;
import dev.flotilla.cluster.PodStreams.Ports;
import dev.flotilla.cluster.PodStreams.Refused;
import dev.flotilla.cluster.PodStreams.Running;
import dev.flotilla.cluster.PodStreams.Unreachable;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.PodLabels;
import dev.flotilla.node.memory.Memories;
import dev.flotilla.node.memory.Observed;
import dev.flotilla.node.memory.Track;
import dev.flotilla.node.stream.LogAsk.Run;

import io.fabric8.kubernetes.api.model.Pod;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What flows to and from the pods of one node.
public final class NodeStreams {
    private final ContainerStreams engine;
    private final Function<ObjectKey, Optional<Pod>> pods;
    private final Observed observed;
    private final Memories memories;

    /// @param pods those of the API
    public NodeStreams(
            ContainerStreams engine,
            Function<ObjectKey, Optional<Pod>> pods,
            Observed observed,
            Memories memories) {
        this.engine = engine;
        this.pods = pods;
        this.observed = observed;
        this.memories = memories;
    }

    void log(Place at, LogOptions options, OutputStream out)
            throws IOException, InterruptedException, Refused, Unreachable {
        var pod = pod(at.pod());
        var source = LogSource.of(pod, at.container(), options.previous());
        var ended =
                memories.find(pod.getMetadata().getUid())
                        .map(m -> m.facts().tracks().get(at.container()))
                        .map(t -> ended(t, source.containerId()))
                        .orElse(List.of());
        var most = options.limitBytes();
        var limited = most == null ? out : new Limited(out, most);
        try {
            engine.log(source.containerId(), new LogAsk(options, source.earlier(), ended), limited);
        } catch (Limited.Reached _) {
            // As much as was asked for.
        } catch (RefusedByEngine e) {
            throw new Refused("unable to retrieve container logs for " + source.containerId());
        } catch (RuntimeUnavailable e) {
            throw new Unreachable(String.valueOf(e.getMessage()));
        }
    }

    private static List<Run> ended(Track track, String containerId) {
        return track.endings().stream()
                .filter(e -> e.containerId().equals(containerId))
                .map(e -> new Run(e.started(), e.finished()))
                .toList();
    }

    Running exec(Place at, List<String> command) throws Refused, Unreachable {
        var id = running(at, "container not found (\"%s\")");
        return made(() -> engine.exec(id, command));
    }

    Running attach(Place at) throws Refused, Unreachable {
        var name = at.pod().name() + "_" + at.pod().namespace();
        var id = running(at, "container %s not found in pod " + name);
        return made(() -> engine.attach(id));
    }

    private static Running made(Supplier<Running> call) throws Refused, Unreachable {
        try {
            return call.get();
        } catch (RefusedByEngine e) {
            throw new Refused(String.valueOf(e.getMessage()));
        } catch (RuntimeUnavailable e) {
            throw new Unreachable(String.valueOf(e.getMessage()));
        }
    }

    /// Whatever holds the pod's network is looked up for each connection: it may be made anew.
    Ports ports(ObjectKey key) throws Refused, Unreachable {
        var uid = pod(key).getMetadata().getUid();
        if (seen(uid).isEmpty()) {
            throw new Refused("pod not found (\"%s_%s\")".formatted(key.name(), key.namespace()));
        }
        return port -> {
            try {
                return engine.dial(network(uid), port);
            } catch (Unreachable | Refused | RuntimeUnavailable | RefusedByEngine e) {
                throw new IOException(e.getMessage(), e);
            }
        };
    }

    private String network(String uid) throws Unreachable, Refused {
        var running = seen(uid).stream().filter(NodeStreams::runs).toList();
        return running.stream()
                .filter(PodLabels::isSandbox)
                .findFirst()
                .or(() -> running.stream().findFirst())
                .orElseThrow(() -> new Refused("no container of the pod runs"))
                .id();
    }

    private String running(Place at, String missing) throws Refused, Unreachable {
        Predicate<ContainerState> named = c -> PodLabels.container(c).equals(at.container());
        var all = seen(pod(at.pod()).getMetadata().getUid()).stream().filter(named).toList();
        if (all.isEmpty()) {
            throw new Refused(missing.formatted(at.container()));
        }
        return all.stream()
                .filter(NodeStreams::runs)
                .findFirst()
                .orElseThrow(
                        () ->
                                new Refused(
                                        "container not running (%s)".formatted(all.getLast().id())))
                .id();
    }

    private static boolean runs(ContainerState container) {
        return container.phase() instanceof ContainerState.Phase.Running;
    }

    private List<ContainerState> seen(String uid) throws Unreachable {
        try {
            return observed.of(uid);
        } catch (RuntimeUnavailable e) {
            throw new Unreachable(String.valueOf(e.getMessage()));
        }
    }

    private Pod pod(ObjectKey key) throws Refused {
        return pods.apply(key).orElseThrow(() -> new Refused("pod does not exist"));
    }
}

package dev.flotilla.node.pressure;

import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.PodFiles.Medium;
import dev.flotilla.node.PodFolder;
import dev.flotilla.node.PodLabels;

import io.fabric8.kubernetes.api.model.Pod;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Has pods go that have more on their node's disk than they may. Only pods with a limit are looked
/// at, and of those only what the limit is for: a node without such pods pays nothing.
///
/// @param pods that are to run on the node
/// @param containers that are on it, by id
public record StorageWatch(
        String clusterId,
        ContainerRuntime runtime,
        Eviction eviction,
        Supplier<List<Pod>> pods,
        Supplier<Map<String, ContainerState>> containers) {
    /// One look.
    public void look() {
        var limited = new ArrayList<StorageLimits>();
        for (var pod : pods.get()) {
            var limits = new StorageLimits(pod);
            boolean any = limits.containers() || !limits.volumes().isEmpty();
            if (any && !new Candidate(pod, false, Map.of(), Map.of()).isCritical()) {
                limited.add(limits);
            }
        }
        if (limited.isEmpty()) {
            return;
        }
        var filled = runtime.filled(limited.stream().flatMap(l -> folders(l).stream()).toList());
        var written = written(limited);
        for (var limits : limited) {
            var uid = limits.pod().getMetadata().getUid();
            var volumes = new HashMap<String, Long>();
            for (var volume : limits.volumes()) {
                var bytes = filled.get(folder(limits, volume));
                if (bytes != null) {
                    volumes.put(volume, bytes);
                }
            }
            limits.exceeded(new StorageUse(volumes, written.getOrDefault(uid, Map.of())))
                    .ifPresent(words -> eviction.of(limits.pod(), words, false));
        }
    }

    /// What containers of pods with limits for them wrote, by pod and container.
    private Map<String, Map<String, Long>> written(List<StorageLimits> limited) {
        var uids =
                limited.stream()
                        .filter(StorageLimits::containers)
                        .map(l -> l.pod().getMetadata().getUid())
                        .toList();
        var theirs = new HashMap<String, ContainerState>();
        containers
                .get()
                .forEach(
                        (id, state) -> {
                            if (uids.contains(PodLabels.uid(state))
                                    && !PodLabels.isSandbox(state)) {
                                theirs.put(id, state);
                            }
                        });
        var written = runtime.images().written(theirs.keySet());
        var byPod = new HashMap<String, Map<String, Long>>();
        theirs.forEach(
                (id, state) ->
                        byPod.computeIfAbsent(PodLabels.uid(state), _ -> new HashMap<>())
                                .merge(
                                        PodLabels.container(state),
                                        written.getOrDefault(id, 0L),
                                        Long::sum));
        return byPod;
    }

    private List<String> folders(StorageLimits limits) {
        return limits.volumes().stream().map(v -> folder(limits, v)).toList();
    }

    private String folder(StorageLimits limits, String volume) {
        return new PodFolder(clusterId, limits.pod().getMetadata().getUid())
                .of(volume, Medium.DISK);
    }
}

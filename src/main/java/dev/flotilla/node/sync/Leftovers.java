package dev.flotilla.node.sync;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.PodFolder;
import dev.flotilla.node.memory.Memories;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Pod;

import java.util.stream.Collectors;

/// What lies on a node for pods and volumes that the API no longer has: they went while the node
/// was away, or a container of theirs was slow to go.
public record Leftovers(
        ContainerRuntime runtime, Cluster cluster, String clusterId, Memories memories) {

    /// Takes them away. The API is asked, not a cache.
    public void sweep() {
        var placed = runtime.placed(clusterId);
        var strangers = placed.pods().stream().filter(uid -> memories.find(uid).isEmpty()).toList();
        if (!strangers.isEmpty()) {
            var alive =
                    cluster.list(Pod.class).items().stream()
                            .map(p -> p.getMetadata().getUid())
                            .collect(Collectors.toSet());
            strangers.stream()
                    .filter(uid -> !alive.contains(uid))
                    .forEach(uid -> runtime.clear(new PodFolder(clusterId, uid)));
        }
        for (var volume : placed.volumes()) {
            if (cluster.get(PersistentVolume.class, ObjectKey.of(volume)).isEmpty()) {
                runtime.drop(clusterId, volume);
            }
        }
    }
}

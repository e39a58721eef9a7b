package dev.flotilla.node;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.model.NodeUse;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.health.NodeWrites;
import dev.flotilla.node.plan.Lookup;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// What all kubelets of one master share.
///
/// @param clusterId see [PodLabels#CLUSTER]
record KubeletContext(
        Cluster cluster,
        Informers informers,
        Informer<Pod> pods,
        EventRecorder events,
        NodeWrites writes,
        InstantSource time,
        Consumer<NodeUse> use,
        NodeConfig config,
        String clusterId) {
    Lookup lookup() {
        return new Lookup() {
            @Override
            public Optional<ConfigMap> configMap(String namespace, String name) {
                return cluster.get(ConfigMap.class, new ObjectKey(namespace, name));
            }

            @Override
            public Optional<Secret> secret(String namespace, String name) {
                return cluster.get(Secret.class, new ObjectKey(namespace, name));
            }
        };
    }
}

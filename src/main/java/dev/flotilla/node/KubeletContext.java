package dev.flotilla.node;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.model.Marks;
import dev.flotilla.model.NodeUse;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.health.NodeWrites;
import dev.flotilla.node.plan.Lookup;
import dev.flotilla.node.plan.Lookup.NodeVolume;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;

import org.jspecify.annotations.Nullable;

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
        Informer<Node> nodes,
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

            @Override
            public Optional<NodeVolume> claimed(String namespace, String claim) {
                return cluster.get(PersistentVolumeClaim.class, new ObjectKey(namespace, claim))
                        .map(c -> c.getSpec().getVolumeName())
                        .flatMap(v -> cluster.get(PersistentVolume.class, ObjectKey.of(v)))
                        .flatMap(KubeletContext::onNode);
            }

            @Override
            public Optional<String> token(
                    Pod pod, @Nullable String audience, @Nullable Long seconds) {
                return Optional.empty();
            }

            @Override
            public Optional<String> runtimeHandler(String runtimeClass) {
                return cluster.get(RuntimeClass.class, ObjectKey.of(runtimeClass))
                        .map(RuntimeClass::getHandler);
            }
        };
    }

    private static boolean isOurs(PersistentVolume volume) {
        var annotations = volume.getMetadata().getAnnotations();
        return annotations != null
                && Marks.LOCAL_PROVISIONER.equals(annotations.get(Marks.PROVISIONED_BY));
    }

    private static Optional<NodeVolume> onNode(PersistentVolume volume) {
        var name = volume.getMetadata().getName();
        var spec = volume.getSpec();
        if (spec.getLocal() != null) {
            return Optional.of(new NodeVolume(name, spec.getLocal().getPath(), isOurs(volume)));
        }
        return Optional.ofNullable(spec.getHostPath())
                .map(p -> new NodeVolume(name, p.getPath(), false));
    }
}

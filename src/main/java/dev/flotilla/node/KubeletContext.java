package dev.flotilla.node;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.PodTokens;
import dev.flotilla.cluster.Rush;
import dev.flotilla.model.Ephemeral;
import dev.flotilla.model.Marks;
import dev.flotilla.model.NodeUse;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.health.NodeWrites;
import dev.flotilla.node.plan.Environment;
import dev.flotilla.node.plan.Lookup;
import dev.flotilla.node.plan.Lookup.NodeVolume;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
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
        String clusterId,
        HeldTokens tokens,
        Rush rush) {
    private static final Duration USUAL_LIFE = Duration.ofHours(1);
    private static final String NODE = "node";

    /// The pods of all nodes, to be found by their node.
    static Informer<Pod> byNode(Informer<Pod> pods) {
        pods.indexBy(NODE, KubeletContext::nodeOf);
        return pods;
    }

    /// The pods that are bound to that node.
    List<Pod> podsOn(String node) {
        return pods.by(NODE, node);
    }

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
            public Optional<NodeVolume> claimed(Pod pod, String claim, boolean owned) {
                var namespace = pod.getMetadata().getNamespace();
                var found =
                        cluster.get(PersistentVolumeClaim.class, new ObjectKey(namespace, claim));
                var conflict = owned ? found.map(c -> Ephemeral.conflict(pod, c)).orElse("") : "";
                if (!conflict.isEmpty()) {
                    throw new Environment.Missing(conflict);
                }
                return found.map(c -> c.getSpec().getVolumeName())
                        .flatMap(v -> cluster.get(PersistentVolume.class, ObjectKey.of(v)))
                        .flatMap(KubeletContext::onNode);
            }

            @Override
            public Optional<Token> token(
                    Pod pod, @Nullable String audience, @Nullable Long seconds) {
                var life = seconds == null ? USUAL_LIFE : Duration.ofSeconds(seconds);
                var held = tokens.of(pod, audience, life);
                return switch (held.answer()) {
                    case PodTokens.Issued(var token, _) ->
                            Optional.of(new Token(token, held.renewal()));
                    case PodTokens.Refused(var why) ->
                            throw new Environment.Missing("failed to fetch token: " + why);
                    case PodTokens.Nobody _ -> Optional.empty();
                };
            }

            @Override
            public List<Service> links(Pod pod) {
                boolean all = !Boolean.FALSE.equals(pod.getSpec().getEnableServiceLinks());
                var namespace = pod.getMetadata().getNamespace();
                return cluster.list(Service.class).items().stream()
                        .filter(s -> isApi(s) || (all && isIn(namespace, s)))
                        .sorted(Comparator.comparing(KubeletContext::nameOf))
                        .toList();
            }

            @Override
            public Optional<String> runtimeHandler(String runtimeClass) {
                return cluster.get(RuntimeClass.class, ObjectKey.of(runtimeClass))
                        .map(RuntimeClass::getHandler);
            }
        };
    }

    private static List<String> nodeOf(Pod pod) {
        var node = pod.getSpec().getNodeName();
        return node == null ? List.of() : List.of(node);
    }

    private static String nameOf(Service service) {
        return service.getMetadata().getName();
    }

    /// Every pod knows the API, whatever else it wants to know.
    private static boolean isApi(Service service) {
        return isIn("default", service) && nameOf(service).equals("kubernetes");
    }

    private static boolean isIn(String namespace, Service service) {
        return service.getMetadata().getNamespace().equals(namespace);
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

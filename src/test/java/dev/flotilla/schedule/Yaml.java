package dev.flotilla.schedule;

import dev.flotilla.schedule.facts.ClaimView;
import dev.flotilla.schedule.facts.ClassView;
import dev.flotilla.schedule.facts.PodView;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.VolumeView;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Clusters for tests, said in YAML: a node gets room and is ready where it says nothing, a pod
/// gets a container.
final class Yaml {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private Yaml() {}

    static ClusterView view(String documents) {
        var view = new ClusterView();
        for (var document : documents.split("(?m)^---$", -1)) {
            if (!document.isBlank()) {
                add(view, object(document));
            }
        }
        return view;
    }

    static void add(ClusterView view, HasMetadata object) {
        switch (object) {
            case Node node -> view.put(node);
            case Pod pod ->
                    view.put(
                            PodView.of(pod),
                            pod.getSpec().getNodeName(),
                            pod.getMetadata().getDeletionTimestamp() != null);
            case PersistentVolumeClaim claim -> view.storage().put(ClaimView.of(claim));
            case PersistentVolume volume -> view.storage().put(VolumeView.of(volume));
            case StorageClass type -> view.storage().put(ClassView.of(type));
            case Namespace space ->
                    view.put(
                            space.getMetadata().getName(),
                            Objects.requireNonNullElse(space.getMetadata().getLabels(), Map.of()));
            default -> throw new IllegalArgumentException(object.toString());
        }
    }

    /// A node with labels, and whatever else in YAML.
    static Node node(String name, String labels, String rest) {
        return (Node)
                object(
                        """
                        kind: Node
                        metadata: {name: %s, labels: {kubernetes.io/hostname: %s, %s}}
                        %s
                        """
                                .formatted(name, name, labels, rest));
    }

    static PodView pod(String text) {
        return PodView.of((Pod) object("kind: Pod\n" + text));
    }

    static Pod pod(String name, String labels, String node) {
        return (Pod)
                object(
                        """
                        kind: Pod
                        metadata: {name: %s, namespace: default, labels: {%s}}
                        spec: {nodeName: %s, containers: [{name: main}]}
                        """
                                .formatted(name, labels, node));
    }

    /// What a node that there is answers.
    static List<Refusal> why(ClusterView view, PodView pod, String node) {
        return Objects.requireNonNull(view.explain(pod).get(node));
    }

    static HasMetadata object(String document) {
        var kind =
                document.lines()
                        .filter(l -> l.startsWith("kind: "))
                        .findFirst()
                        .orElseThrow()
                        .substring(6)
                        .strip();
        var group = kind.equals("StorageClass") ? "storage.k8s.io/v1" : "v1";
        HasMetadata object = SERIALIZATION.unmarshal("apiVersion: " + group + "\n" + document);
        if (object instanceof Node node && node.getStatus() == null) {
            node.setStatus(Given.node("n", 4000, 8192).getStatus());
        }
        return object;
    }
}

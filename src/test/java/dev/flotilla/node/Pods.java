package dev.flotilla.node;

import dev.flotilla.node.plan.ContainerSpecs;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Pods and containers for tests.
public final class Pods {
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Pods() {}

    public static Pod pod(String restartPolicy, String... containers) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("default")
                .withUid("uid-1")
                .endMetadata()
                .withNewSpec()
                .withNodeName("n1")
                .withRestartPolicy(restartPolicy)
                .withContainers(List.of(containers).stream().map(Pods::container).toList())
                .endSpec()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build();
    }

    /// The same as [#of], which ends within a second when it must.
    static Pod brief(String name, String spec) {
        var pod = of(name, spec);
        pod.getSpec().setTerminationGracePeriodSeconds(1L);
        return pod;
    }

    /// One of the node `n1` with that specification.
    static Pod of(String name, String spec) {
        var asked = Serialization.unmarshal(spec, PodSpec.class);
        asked.setNodeName("n1");
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withSpec(asked)
                .build();
    }

    /// A ConfigMap `words` and a Secret `keys`.
    static List<HasMetadata> words() {
        return List.of(
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("words")
                        .withNamespace("default")
                        .endMetadata()
                        .addToData("greeting", "hello")
                        .build(),
                new SecretBuilder()
                        .withNewMetadata()
                        .withName("keys")
                        .withNamespace("default")
                        .endMetadata()
                        .addToData("door", "b3Blbg==")
                        .build());
    }

    public static Pod deleted(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .withDeletionTimestamp("2026-01-01T00:00:00Z")
                .withDeletionGracePeriodSeconds(7L)
                .endMetadata()
                .build();
    }

    public static Container container(String name) {
        return new ContainerBuilder().withName(name).withImage("nginx:1.27").build();
    }

    public static ContainerState state(String container, ContainerState.Phase phase) {
        return state(container, 0, phase);
    }

    public static ContainerState state(String container, int restarts, ContainerState.Phase phase) {
        var hash =
                container.equals(PodLabels.SANDBOX)
                        ? "any"
                        : ContainerSpecs.hash(container(container));
        return new ContainerState(
                "id-" + container,
                "k8s_" + container,
                "nginx:1.27",
                "sha256:1",
                Map.of(
                        PodLabels.NAME, "web",
                        PodLabels.NAMESPACE, "default",
                        PodLabels.UID, "uid-1",
                        PodLabels.CONTAINER, container,
                        PodLabels.HASH, hash,
                        PodLabels.ADDRESS, "10.42.0.2"),
                "10.42.0.2",
                restarts,
                phase);
    }

    public static ContainerState.Phase running(int since) {
        return new ContainerState.Phase.Running(NOW.plusSeconds(since));
    }

    public static ContainerState.Phase exited(int code) {
        return new ContainerState.Phase.Exited(code, false, NOW, NOW.plusSeconds(1));
    }
}

package dev.flotilla.controllers;

import dev.flotilla.controllers.owner.Owners;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/// Objects for tests, said shortly.
public final class Given {
    public static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private Given() {}

    public static ReplicaSet set(String name, int size) {
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withUid("uid-" + name)
                .withGeneration(1L)
                .withCreationTimestamp("2026-01-01T10:00:00Z")
                .endMetadata()
                .withNewSpec()
                .withReplicas(size)
                .withNewSelector()
                .addToMatchLabels("app", "web")
                .endSelector()
                .withTemplate(template("web:1"))
                .endSpec()
                .build();
    }

    /// A set that has reported.
    public static ReplicaSet set(String name, int size, int available) {
        return new ReplicaSetBuilder(set(name, size))
                .withNewStatus()
                .withReplicas(size)
                .withAvailableReplicas(available)
                .withReadyReplicas(available)
                .withObservedGeneration(1L)
                .endStatus()
                .build();
    }

    public static PodTemplateSpec template(String image) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Map.of("app", "web"))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage(image)
                .endContainer()
                .endSpec()
                .build();
    }

    public static Deployment deployment(int replicas, String surge, String unavailable) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("web")
                .withUid("uid-web")
                .withGeneration(1L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", "web")
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(share(surge))
                .withMaxUnavailable(share(unavailable))
                .endRollingUpdate()
                .endStrategy()
                .withTemplate(template("web:1"))
                .endSpec()
                .build();
    }

    private static IntOrString share(String text) {
        return text.endsWith("%") ? new IntOrString(text) : new IntOrString(Integer.parseInt(text));
    }

    /// A pod of the set "rs".
    ///
    /// @param node null while unbound
    public static PodBuilder pod(String name, @Nullable String node, String phase, boolean ready) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withUid("uid-" + name)
                .withCreationTimestamp("2026-01-01T11:00:00Z")
                .addToLabels("app", "web")
                .withOwnerReferences(Owners.controlledBy(set("rs", 0)))
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .withLastTransitionTime("2026-01-01T11:00:00Z")
                .endCondition()
                .endStatus();
    }

    public static Pod running(String name, String node) {
        return pod(name, node, "Running", true).build();
    }
}

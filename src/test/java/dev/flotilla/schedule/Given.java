package dev.flotilla.schedule;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.facts.PodView;
import dev.flotilla.schedule.facts.Shape;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;

import java.util.Map;
import java.util.function.UnaryOperator;

/// Nodes and pods for tests, said shortly.
public final class Given {
    private static final long MEBI = 1024 * 1024;

    private Given() {}

    public static Node node(String name, int cpuMillis, int memoryMiB) {
        return node(name, cpuMillis, memoryMiB, n -> n);
    }

    public static Node node(
            String name, int cpuMillis, int memoryMiB, UnaryOperator<NodeBuilder> more) {
        return more.apply(
                        new NodeBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .addToLabels("kubernetes.io/hostname", name)
                                .endMetadata()
                                .withNewSpec()
                                .endSpec()
                                .withNewStatus()
                                .addToAllocatable("cpu", new Quantity(cpuMillis + "m"))
                                .addToAllocatable("memory", new Quantity(memoryMiB + "Mi"))
                                .addToAllocatable("pods", new Quantity("110"))
                                .addNewCondition()
                                .withType("Ready")
                                .withStatus("True")
                                .endCondition()
                                .endStatus())
                .build();
    }

    public static PodView pod(String name, String owner, int cpuMillis, int memoryMiB) {
        var spec =
                new PodSpecBuilder()
                        .addNewContainer()
                        .withNewResources()
                        .withRequests(
                                Map.of(
                                        "cpu", new Quantity(cpuMillis + "m"),
                                        "memory", new Quantity(memoryMiB * MEBI + "")))
                        .endResources()
                        .endContainer()
                        .build();
        return PodView.of(new ObjectKey("default", name), Shape.of("default", null, owner, spec));
    }

    public static PodView pod(UnaryOperator<PodBuilder> more) {
        return PodView.of(
                more.apply(
                                new PodBuilder()
                                        .withNewMetadata()
                                        .withNamespace("default")
                                        .withName("p")
                                        .endMetadata()
                                        .withNewSpec()
                                        .addNewContainer()
                                        .endContainer()
                                        .endSpec())
                        .build());
    }
}

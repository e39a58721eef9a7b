package dev.flotilla.node.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class StorageLimitsTest {
    private static final long MI = 1 << 20;

    @Test
    void aPodWithoutLimitsIsNotLookedAt() {
        var limits = pod(List.of(volume("cache", "", "")), container("web", ""));
        assertThat(limits.volumes()).isEmpty();
        assertThat(limits.containers()).isFalse();
        assertThat(limits.exceeded(use(Map.of("cache", 900 * MI), Map.of("web", 900 * MI))))
                .isEmpty();
    }

    @Test
    void anEmptyDirEndsAtItsLimit() {
        var limits =
                pod(
                        List.of(
                                volume("free", "", ""),
                                volume("cache", "", "10Mi"),
                                volume("shm", "Memory", "1Mi")),
                        container("web", ""));
        assertThat(limits.volumes()).containsExactly("cache");
        assertThat(limits.exceeded(use(Map.of("cache", 10 * MI), Map.of()))).isEmpty();
        assertThat(limits.exceeded(use(Map.of("cache", 10 * MI + 1), Map.of())))
                .hasValue("Usage of EmptyDir volume \"cache\" exceeds the limit \"10Mi\". ");
    }

    @Test
    void aPodEndsAtTheSumOfItsContainers() {
        var limits =
                pod(
                        List.of(volume("cache", "", "")),
                        container("web", "10Mi"),
                        container("log", "20Mi"));
        assertThat(limits.volumes()).containsExactly("cache");
        assertThat(limits.containers()).isTrue();
        var within = use(Map.of("cache", 20 * MI), Map.of("web", 5 * MI, "log", 5 * MI));
        assertThat(limits.exceeded(within)).isEmpty();
        var over = use(Map.of("cache", 20 * MI), Map.of("web", 5 * MI, "log", 6 * MI));
        assertThat(limits.exceeded(over))
                .hasValue(
                        "Pod ephemeral local storage usage exceeds the total limit of containers"
                                + " 30Mi. ");
    }

    @Test
    void aContainerEndsAtItsOwn() {
        var limits = pod(List.of(), container("web", "10Mi"), container("log", "20Mi"));
        assertThat(limits.exceeded(use(Map.of(), Map.of("web", 11 * MI, "log", MI))))
                .hasValue("Container web exceeded its local ephemeral storage limit \"10Mi\". ");
    }

    private static StorageUse use(Map<String, Long> volumes, Map<String, Long> containers) {
        return new StorageUse(volumes, containers);
    }

    private static StorageLimits pod(List<Volume> volumes, Container... containers) {
        return new StorageLimits(
                new PodBuilder()
                        .withNewSpec()
                        .withVolumes(volumes)
                        .withContainers(containers)
                        .endSpec()
                        .build());
    }

    private static Volume volume(String name, String medium, String limit) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withMedium(medium)
                .withSizeLimit(limit.isEmpty() ? null : new Quantity(limit))
                .endEmptyDir()
                .build();
    }

    private static Container container(String name, String limit) {
        var container = new ContainerBuilder().withName(name);
        return limit.isEmpty()
                ? container.build()
                : container
                        .withNewResources()
                        .addToLimits("ephemeral-storage", new Quantity(limit))
                        .endResources()
                        .build();
    }
}

package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.node.Supply.Stock;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A simulated node that runs short of something.
class EvictionTest {
    private static final long MI = 1 << 20;
    private static final Duration TWO_LOOKS = Duration.ofSeconds(21);

    private final World world = new World(5);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aHealthyNodeSaysSo() {
        world.run(TWO_LOOKS);
        assertThat(conditions())
                .containsExactly(
                        "MemoryPressure=False KubeletHasSufficientMemory",
                        "DiskPressure=False KubeletHasNoDiskPressure",
                        "PIDPressure=False KubeletHasSufficientPID",
                        "Ready=True KubeletReady");
        assertThat(taints()).isEmpty();
    }

    @Test
    void shortOfMemoryOnePodGoesAndNobodyComesUntilItIsOver() {
        pod("modest", Map.of("memory", new Quantity("4Gi")));
        pod("greedy", Map.of("memory", new Quantity("1Mi")));
        pod("careless", Map.of());
        world.run(Duration.ofSeconds(8));
        world.engine.supply(memory(50));
        world.run(Duration.ofSeconds(12));

        assertThat(conditions()).contains("MemoryPressure=True KubeletHasInsufficientMemory");
        assertThat(taints()).containsExactly("node.kubernetes.io/memory-pressure");
        assertThat(world.cluster.list(Event.class).items())
                .anyMatch(
                        e ->
                                e.getReason().equals("EvictionThresholdMet")
                                        && e.getMessage().equals("Attempting to reclaim memory"));
        var gone = world.pods().stream().filter(EvictionTest::isEvicted).toList();
        assertThat(gone).singleElement().satisfies(this::isTold);
        assertThat(gone.getFirst().getMetadata().getName()).isNotEqualTo("modest");
        assertThat(running(gone.getFirst())).isZero();

        world.engine.supply(null);
        pod("careless-too", Map.of());
        pod("guaranteed", Map.of("memory", new Quantity("1Mi")));
        world.run(TWO_LOOKS);
        assertThat(world.get("careless-too").getStatus().getPhase()).isEqualTo("Failed");
        assertThat(world.get("careless-too").getStatus().getMessage())
                .isEqualTo("Pod was rejected: The node had condition: [MemoryPressure]. ");
        assertThat(world.get("guaranteed").getStatus().getPhase()).isEqualTo("Running");
        assertThat(conditions()).contains("MemoryPressure=True KubeletHasInsufficientMemory");

        world.run(Duration.ofMinutes(5));
        assertThat(conditions()).contains("MemoryPressure=False KubeletHasSufficientMemory");
        assertThat(taints()).isEmpty();
    }

    @Test
    void shortOfDiskUnusedImagesGoBeforeAnyPod() {
        world.pod("web", "web:1", "Always", List.of());
        world.run(Duration.ofSeconds(8));
        world.engine.pull("unused:1", null, _ -> {});
        world.run(Duration.ofMinutes(4));
        assertThat(world.engine.hasImage("unused:1")).isTrue();
        var disk = new Stock(1000, 100);
        var many = new Stock(1000, 900);
        world.engine.supply(new Supply(Stock.UNKNOWN, disk, many, disk, many, many));
        world.run(Duration.ofSeconds(12));
        assertThat(world.engine.hasImage("unused:1")).isFalse();
        assertThat(world.engine.hasImage("web:1")).isTrue();
        assertThat(conditions()).contains("DiskPressure=True KubeletHasDiskPressure");
        assertThat(isEvicted(world.get("web"))).isTrue();
        assertThat(world.get("web").getStatus().getMessage())
                .startsWith(
                        "The node was low on resource: ephemeral-storage. Threshold quantity: 150,"
                                + " available: 100. ");
    }

    @Test
    void whoFillsAnEmptyDirBeyondItsLimitGoes() {
        world.create(
                new PodBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName(World.NODE)
                        .addNewVolume()
                        .withName("cache")
                        .withNewEmptyDir()
                        .withSizeLimit(new Quantity("10Mi"))
                        .endEmptyDir()
                        .endVolume()
                        .addNewContainer()
                        .withName("web")
                        .withImage("web:1")
                        .addNewVolumeMount()
                        .withName("cache")
                        .withMountPath("/cache")
                        .endVolumeMount()
                        .endContainer()
                        .endSpec()
                        .build());
        world.engine.fill("cache", 10 * MI);
        world.run(Duration.ofSeconds(130));
        assertThat(world.get("web").getStatus().getPhase()).isEqualTo("Running");
        world.engine.fill("cache", 10 * MI + 1);
        world.run(Duration.ofSeconds(61));
        var gone = world.get("web");
        assertThat(isEvicted(gone)).isTrue();
        assertThat(gone.getStatus().getMessage())
                .isEqualTo("Usage of EmptyDir volume \"cache\" exceeds the limit \"10Mi\". ");
        assertThat(gone.getStatus().getConditions())
                .noneMatch(c -> c.getType().equals("DisruptionTarget"));
        assertThat(running(gone)).isZero();
    }

    private void isTold(Pod pod) {
        var status = pod.getStatus();
        assertThat(status.getMessage())
                .startsWith(
                        "The node was low on resource: memory. Threshold quantity: 100Mi,"
                                + " available: 50Mi. Container web was using ");
        assertThat(status.getConditions())
                .anyMatch(
                        c ->
                                c.getType().equals("DisruptionTarget")
                                        && c.getReason().equals("TerminationByKubelet"));
        assertThat(status.getContainerStatuses())
                .allMatch(c -> c.getState().getTerminated() != null && !c.getReady());
        assertThat(world.events(pod.getMetadata().getName()))
                .contains("Evicted: " + status.getMessage());
    }

    private long running(Pod pod) {
        return world.engine.containers(pod.getMetadata().getUid()).stream()
                .filter(c -> c.phase() instanceof ContainerState.Phase.Running)
                .count();
    }

    private static boolean isEvicted(Pod pod) {
        return "Failed".equals(pod.getStatus().getPhase())
                && "Evicted".equals(pod.getStatus().getReason());
    }

    private List<String> conditions() {
        return world.node().getStatus().getConditions().stream().map(EvictionTest::words).toList();
    }

    private static String words(NodeCondition c) {
        return c.getType() + "=" + c.getStatus() + " " + c.getReason();
    }

    private List<String> taints() {
        return world.node().getSpec().getTaints().stream().map(Taint::getKey).toList();
    }

    private static Supply memory(long freeMi) {
        return new Supply(
                new Stock(4096 * MI, freeMi * MI),
                Stock.UNKNOWN,
                Stock.UNKNOWN,
                Stock.UNKNOWN,
                Stock.UNKNOWN,
                Stock.UNKNOWN);
    }

    private void pod(String name, Map<String, Quantity> requests) {
        world.create(
                new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName(World.NODE)
                        .addNewContainer()
                        .withName("web")
                        .withImage("web:1")
                        .withNewResources()
                        .withRequests(requests)
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .build());
    }
}

package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.lab.MostlyWaits;

import io.fabric8.kubernetes.api.model.PodBuilder;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;

/// Whatever breaks and in whatever order, the containers come to match the pods once it is calm. It
/// shares nothing, so it runs beside the rest like the tests that wait for processes.
@MostlyWaits
class KubeletSeedsTest {
    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, Integer> restarts = new HashMap<>();
    private int made;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void containersEqualPodsAfterTheStorm(long seed) {
        try (var world = new World(seed)) {
            world.runtime.rate(0.15);
            for (int round = 0; round < 250; round++) {
                disturb(world);
                holdsAlways(world);
            }
            world.runtime.rate(0);
            world.silent(false);
            world.run(Duration.ofSeconds(150));
            holdsAlways(world);
            containersEqualPods(world);
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    private void disturb(World world) {
        var pods = world.pods();
        var containers = world.silent() ? null : world.engine.containers();
        switch (world.random.nextInt(24)) {
            case 0, 1 -> create(world);
            case 2 -> {
                if (!pods.isEmpty()) {
                    var pod = pods.get(world.random.nextInt(pods.size()));
                    world.cluster.delete(
                            pod, world.random.nextInt(4) == 0 ? Deletion.NOW : Deletion.GRACEFUL);
                }
            }
            case 3, 4 -> {
                if (containers != null && !containers.isEmpty()) {
                    var name = containers.get(world.random.nextInt(containers.size())).name();
                    switch (world.random.nextInt(3)) {
                        case 0 -> world.engine.crash(name);
                        case 1 -> world.engine.kill(name);
                        default -> world.engine.vanish(name);
                    }
                }
            }
            case 5 -> {
                if (world.random.nextInt(4) == 0) {
                    world.silent(true);
                }
            }
            case 6, 7 -> world.silent(false);
            case 8 -> {
                if (!world.silent() && world.random.nextInt(3) == 0) {
                    world.restartMaster();
                }
            }
            case 9, 10, 11 -> world.time.advance(Duration.ofMillis(world.random.nextInt(2_000)));
            default -> world.step();
        }
    }

    private void create(World world) {
        var name = "p" + made++;
        if (world.random.nextInt(3) == 0) {
            world.create(
                    new PodBuilder(Pods.pod("Always", "web", "log"))
                            .editMetadata()
                            .withName(name)
                            .endMetadata()
                            .build());
        } else {
            world.pod(name);
        }
    }

    /// At no time have two pods one address, does a pod's address change, or a count of restarts
    /// fall.
    private void holdsAlways(World world) {
        var taken = new HashSet<String>();
        for (var pod : world.pods()) {
            var uid = pod.getMetadata().getUid();
            var address = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
            if (address != null) {
                assertThat(taken.add(address)).as("address " + address + " once").isTrue();
                assertThat(addresses.merge(uid, address, (was, _) -> was)).isEqualTo(address);
            }
            for (var status : pod.getStatus().getContainerStatuses()) {
                int was = restarts.getOrDefault(uid + status.getName(), 0);
                assertThat(status.getRestartCount()).isGreaterThanOrEqualTo(was);
                restarts.put(uid + status.getName(), status.getRestartCount());
            }
        }
    }

    private static void containersEqualPods(World world) {
        var wanted = new TreeSet<String>();
        for (var pod : world.pods()) {
            assertThat(pod.getMetadata().getDeletionTimestamp()).isNull();
            assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
            assertThat(world.ready(pod)).isEqualTo("True");
            var uid = pod.getMetadata().getUid();
            pod.getSpec().getContainers().forEach(c -> wanted.add(uid + "/" + c.getName()));
            if (Shape.hasSandbox(pod)) {
                wanted.add(uid + "/" + PodLabels.SANDBOX);
            }
        }
        var there = new TreeSet<String>();
        for (var state : world.engine.containers()) {
            assertThat(state.phase()).isInstanceOf(ContainerState.Phase.Running.class);
            there.add(PodLabels.uid(state) + "/" + PodLabels.container(state));
        }
        assertThat(there).isEqualTo(wanted);
    }
}

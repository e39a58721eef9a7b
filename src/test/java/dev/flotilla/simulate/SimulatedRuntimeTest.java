package dev.flotilla.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.node.ContainerRuntime.Death;
import dev.flotilla.node.ContainerRuntime.Happening;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.node.ContainerSpec;
import dev.flotilla.node.ContainerSpec.Restart;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.ContainerState.Phase;
import dev.flotilla.node.PodLabels;
import dev.flotilla.node.Specs;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

class SimulatedRuntimeTest {
    private final ManualTime time = new ManualTime();
    private final SimulatedRuntime runtime =
            new SimulatedRuntime("sim-1", 4, 8L << 30, time, new SplittableRandom(1));

    @Test
    void runsAContainerAndMakesLoadForIt() {
        run(spec("a", "10.42.0.2", Restart.ALWAYS));
        assertThat(only().phase()).isEqualTo(new Phase.Running(time.instant()));
        assertThat(only().address()).isEqualTo("10.42.0.2");
        var before = runtime.sample();
        time.advance(Duration.ofSeconds(10));
        var after = runtime.sample();
        var used = after.containers().values().iterator().next();
        assertThat(used.cpuNanos()).isBetween(10_000_000L, 5_000_000_000L);
        assertThat(used.memoryBytes()).isGreaterThan(10L << 20);
        assertThat(after.nodeCpuNanos() - before.nodeCpuNanos()).isGreaterThan(used.cpuNanos());
    }

    @Test
    void restartsACrashedContainerWithGrowingPausesAsDockerDoes() {
        run(spec("a", "10.42.0.2", Restart.ALWAYS));
        runtime.crash("a");
        assertThat(only().phase()).isEqualTo(new Phase.Restarting(1, time.instant()));
        time.advance(Duration.ofMillis(100));
        assertThat(only().phase()).isInstanceOf(Phase.Running.class);
        runtime.crash("a");
        time.advance(Duration.ofMillis(199));
        assertThat(only().phase()).isInstanceOf(Phase.Restarting.class);
        time.advance(Duration.ofMillis(1));
        assertThat(only().phase()).isInstanceOf(Phase.Running.class);
        assertThat(only().restarts()).isEqualTo(2);
        time.advance(Duration.ofSeconds(10));
        runtime.crash("a");
        time.advance(Duration.ofMillis(100));
        assertThat(only().phase()).isInstanceOf(Phase.Running.class);
    }

    @Test
    void aStopByHandIsNotRestartedAndAStartByHandCountsAnew() {
        var id = run(spec("a", "10.42.0.2", Restart.ALWAYS));
        runtime.crash("a");
        time.advance(Duration.ofSeconds(1));
        runtime.kill("a");
        time.advance(Duration.ofHours(1));
        assertThat(only().phase()).isInstanceOf(Phase.Exited.class);
        assertThat(only().restarts()).isEqualTo(1);
        runtime.start(id);
        assertThat(only().restarts()).isZero();
    }

    @Test
    void aScriptEndsByItself() {
        var script = spec("a", "10.42.0.2", Restart.ON_FAILURE, "sh", "-c", "sleep 3; exit 0");
        run(script);
        time.advance(Duration.ofSeconds(3));
        assertThat(only().phase()).isInstanceOf(Phase.Exited.class);
        assertThat(Script.of(List.of("sleep"), List.of("infinity")).runsFor()).isNull();
        assertThat(Script.of(List.of("sh", "-c"), List.of("while true; do sleep 1; done")))
                .isEqualTo(new Script(null, 0, ""));
        assertThat(Script.of(List.of(), List.of("exit", "3")).exitCode()).isEqualTo(3);
    }

    @Test
    void refusesInDockersWords() {
        assertThatThrownBy(() -> runtime.pull("no-such/thing", null, _ -> {}))
                .isInstanceOf(RefusedByEngine.class)
                .hasMessageContaining("pull access denied for no-such/thing");
        assertThatThrownBy(() -> runtime.pull("nginx:no-such-tag", null, _ -> {}))
                .hasMessageContaining("manifest unknown");
        assertThatThrownBy(() -> runtime.create(spec("a", "10.42.0.2", Restart.ALWAYS)))
                .hasMessageContaining("No such image");
        run(spec("a", "10.42.0.2", Restart.ALWAYS));
        var second = runtime.create(spec("b", "10.42.0.2", Restart.ALWAYS));
        assertThatThrownBy(() -> runtime.start(second)).hasMessage("Address already in use");
    }

    @Test
    void creatingTwiceTakesWhatIsThere() {
        var spec = spec("a", "10.42.0.2", Restart.ALWAYS);
        assertThat(run(spec)).isEqualTo(runtime.create(spec));
        assertThat(runtime.containers("uid-1")).hasSize(1);
    }

    @Test
    void tellsWhatHappensButNotWhileItIsOutOfReach() {
        var told = new ArrayList<Happening>();
        run(spec("a", "10.42.0.2", Restart.ALWAYS));
        try (var _ = runtime.onEvent(told::add)) {
            runtime.crash("a");
            assertThat(told).hasSize(1);
            assertThat(told.getFirst().death())
                    .isEqualTo(new Death(only().id(), 1, time.instant()));
            runtime.unreachable(true);
            time.advance(Duration.ofSeconds(1));
            assertThat(told).hasSize(1);
            assertThatThrownBy(runtime::ping).isInstanceOf(RuntimeUnavailable.class);
            runtime.unreachable(false);
            assertThat(told.getLast()).isEqualTo(new Happening(""));
        }
        assertThat(only().phase()).isInstanceOf(Phase.Running.class);
    }

    @Test
    void replicasOfAnAppLookAlikeAndOtherAppsDoNot() {
        var web1 = new Load(spec("k8s_web_web-6d4f9c7b8-aaaaa", "", Restart.ALWAYS));
        var web2 = new Load(spec("k8s_web_web-6d4f9c7b8-bbbbb", "", Restart.ALWAYS));
        double apart = 0;
        double level = 0;
        for (int second = 0; second < 600; second++) {
            var at = time.instant().plusSeconds(second);
            apart += Math.abs(web1.cpuMillis(at) - web2.cpuMillis(at));
            level += web1.cpuMillis(at);
        }
        assertThat(apart / level).isBetween(0.01, 0.6);
    }

    private String run(ContainerSpec spec) {
        runtime.pull(spec.image(), null, _ -> {});
        var id = runtime.create(spec);
        runtime.start(id);
        return id;
    }

    private ContainerState only() {
        var all = runtime.containers();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static ContainerSpec spec(
            String name, @Nullable String address, Restart restart, String... command) {
        return Specs.of(
                        name,
                        "nginx:1.27",
                        Map.of(
                                PodLabels.UID,
                                "uid-1",
                                PodLabels.NAME,
                                name.replaceFirst(".*_", "")),
                        address,
                        null,
                        command)
                .with(restart)
                .build();
    }
}

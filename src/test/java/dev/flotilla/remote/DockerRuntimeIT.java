package dev.flotilla.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.lab.Lab;
import dev.flotilla.lab.LabNode;
import dev.flotilla.lab.LabPair;
import dev.flotilla.node.ContainerRuntime.Happening;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.node.ContainerSpec;
import dev.flotilla.node.ContainerSpec.Limits;
import dev.flotilla.node.ContainerSpec.Port;
import dev.flotilla.node.ContainerSpec.Sharing;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.ContainerState.Phase;
import dev.flotilla.node.PodLabels;
import dev.flotilla.node.PodNetwork;
import dev.flotilla.node.Sample;
import dev.flotilla.node.Sample.Usage;
import dev.flotilla.node.Specs;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/// One Docker Engine, twice: over SSH and over its local socket.
@LabPair
class DockerRuntimeIT {
    @RegisterExtension static final Lab lab = Lab.pair();

    private static final PodNetwork NETWORK = new PodNetwork("10.42.7.0/24", "10.42.0.0/16");

    enum Way {
        SSH,
        LOCAL
    }

    private LabNode node = lab.node(1);

    @BeforeEach
    void clean() {
        remains();
    }

    @AfterEach
    void remains() {
        var ids = node.docker("ps", "-aq", "--filter", "label=" + PodLabels.UID).lines().toList();
        ids.forEach(id -> node.docker("rm", "-f", id));
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatTheNodeIs(Way way) {
        var version = node.docker("version", "--format", "{{.Server.Version}}").strip();
        try (var runtime = runtime(way)) {
            runtime.ping();
            var info = runtime.info();
            assertThat(info.hostName()).isEqualTo(node.name());
            assertThat(info.runtimeVersion()).isEqualTo("docker://" + version);
            assertThat(info.architecture()).isIn("amd64", "arm64");
            assertThat(info.cpus()).isPositive();
            assertThat(info.memoryBytes()).isGreaterThan(1 << 28);
            assertThat(info.bootId()).isNotEmpty();
            assertThat(info.address()).isEqualTo(way == Way.SSH ? node.address() : "127.0.0.1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesARunningContainerWithAllThatWasAsked(Way way) {
        try (var runtime = runtime(way)) {
            runtime.ensureNetwork(NETWORK);
            runtime.ensureNetwork(NETWORK);
            var spec =
                    Specs.of("full", "busybox", labels("uid-full"), "10.42.7.9", null, "sh", "-c")
                            .run(
                                    "/tmp",
                                    Map.of("GREETING", "a 'quoted' $word"),
                                    "echo \"$GREETING\" > /tmp/it; sleep 1000")
                            .hostname(
                                    "web-0",
                                    new Port(8080, 18080, "TCP", ""),
                                    new Port(53, 0, "UDP", ""))
                            .with(new Limits(250, 128, 64L << 20, 500, 77))
                            .build();
            var id = runtime.create(spec);
            assertThat(only(runtime, "uid-full").phase()).isInstanceOf(Phase.Created.class);
            runtime.start(id);
            runtime.start(id);

            var seen = only(runtime, "uid-full");
            assertThat(seen.id()).isEqualTo(id);
            assertThat(seen.name()).isEqualTo("full");
            assertThat(seen.image()).isEqualTo("busybox");
            assertThat(seen.imageId()).startsWith("sha256:");
            assertThat(seen.address()).isEqualTo("10.42.7.9");
            assertThat(seen.labels()).containsAllEntriesOf(spec.labels());
            assertThat(seen.phase()).isInstanceOf(Phase.Running.class);

            Await.until(
                    "the command wrote its file",
                    Duration.ofSeconds(20),
                    () -> node.run("docker", "exec", "full", "test", "-s", "/tmp/it").exit() == 0);
            assertThat(node.docker("exec", "full", "cat", "/tmp/it"))
                    .isEqualTo("a 'quoted' $word\n");
            assertThat(node.docker("exec", "full", "hostname").strip()).isEqualTo("web-0");
            assertThat(node.docker("exec", "full", "pwd").strip()).isEqualTo("/tmp");
            assertThat(inspect("full", "{{.HostConfig.CpuQuota}}/{{.HostConfig.CpuPeriod}}"))
                    .isEqualTo("25000/100000");
            assertThat(inspect("full", "{{.HostConfig.CpuShares}} {{.HostConfig.Memory}}"))
                    .isEqualTo("128 " + (64L << 20));
            assertThat(node.docker("exec", "full", "cat", limitFile()).strip())
                    .isEqualTo(String.valueOf(64L << 20));
            assertThat(inspect("full", "{{.HostConfig.PidsLimit}}")).isEqualTo("77");
            assertThat(inspect("full", "{{json .HostConfig.PortBindings}}"))
                    .isEqualTo("{\"8080/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"18080\"}]}");
            assertThat(inspect("full", "{{json .HostConfig.LogConfig.Config}}"))
                    .isEqualTo("{\"max-file\":\"2\",\"max-size\":\"5m\"}");

            runtime.stop(id, Duration.ZERO);
            runtime.stop(id, Duration.ZERO);
            var stopped = only(runtime, "uid-full");
            assertThat(stopped.phase()).isInstanceOf(Phase.Exited.class);
            assertThat(stopped.address()).isEqualTo("10.42.7.9");
            runtime.remove(id);
            runtime.remove(id);
            assertThat(runtime.containers()).isEmpty();
        }
    }

    private String limitFile() {
        return node.run("test", "-e", "/sys/fs/cgroup/cgroup.controllers").exit() == 0
                ? "/sys/fs/cgroup/memory.max"
                : "/sys/fs/cgroup/memory/memory.limit_in_bytes";
    }

    @ParameterizedTest
    @EnumSource
    void startsACrashedContainerWithinASecondAndTellsOfIt(Way way) {
        try (var runtime = runtime(way)) {
            runtime.ensureNetwork(NETWORK);
            var happenings = new ConcurrentLinkedQueue<Happening>();
            try (var _ = runtime.onEvent(happenings::add)) {
                Await.until("events flow", Duration.ofSeconds(20), () -> !happenings.isEmpty());
                var best =
                        Stream.of("crash-1", "crash-2", "crash-3")
                                .map(name -> crash(runtime, name, happenings))
                                .min(Duration::compareTo)
                                .orElseThrow();
                var most = node.aSecondOrBusy("busybox", "sleep", "1000");
                assertThat(best).isBetween(Duration.ZERO, most);
            }
        }
    }

    /// How long a container that crashed was not running, by the engine's clock.
    private Duration crash(
            DockerRuntime runtime, String name, ConcurrentLinkedQueue<Happening> happenings) {
        var id = runtime.create(pod(name, "uid-" + name, "10.42.7.10"));
        runtime.start(id);
        happenings.clear();
        node.exec("kill", "-9", pid(name));
        Await.until(
                "the death is told",
                Duration.ofSeconds(20),
                () -> happenings.stream().anyMatch(h -> h.death() != null));
        Await.until(
                "it runs again",
                Duration.ofSeconds(10),
                () -> {
                    var now = only(runtime, "uid-" + name);
                    return now.restarts() == 1 && now.phase() instanceof Phase.Running;
                });
        assertThat(happenings).extracting(Happening::podUid).containsOnly("uid-" + name);
        var death =
                happenings.stream()
                        .flatMap(h -> Stream.ofNullable(h.death()))
                        .findFirst()
                        .orElseThrow();
        assertThat(death.containerId()).isEqualTo(id);
        assertThat(death.exitCode()).isEqualTo(137);
        var now = only(runtime, "uid-" + name);
        assertThat(now.address()).isEqualTo("10.42.7.10");
        runtime.remove(id);
        return Duration.between(death.at(), ((Phase.Running) now.phase()).since());
    }

    @ParameterizedTest
    @EnumSource
    void takesAContainerThatIsThereForTheSamePodOnly(Way way) {
        try (var runtime = runtime(way)) {
            runtime.ensureNetwork(NETWORK);
            var id = runtime.create(pod("adopt", "uid-a", null));
            assertThat(runtime.create(pod("adopt", "uid-a", null))).isEqualTo(id);
            assertThatThrownBy(() -> runtime.create(pod("adopt", "uid-b", null)))
                    .isInstanceOf(RefusedByEngine.class)
                    .hasMessageContaining("'adopt' is taken");
        }
    }

    @ParameterizedTest
    @EnumSource
    void sharesTheNetworkOfAnotherContainer(Way way) {
        try (var runtime = runtime(way)) {
            runtime.ensureNetwork(NETWORK);
            var offered = new Sharing(false, false, false, true);
            var first =
                    runtime.create(
                            Specs.of(
                                            "first",
                                            "busybox",
                                            labels("uid-two"),
                                            "10.42.7.20",
                                            null,
                                            "sleep",
                                            "1000")
                                    .with(offered)
                                    .build());
            runtime.start(first);
            var second = runtime.create(joining("second", "uid-two", first));
            runtime.start(second);
            assertThat(node.docker("exec", "second", "ip", "-4", "addr")).contains("10.42.7.20/24");
            assertThat(runtime.containers("uid-two")).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void measuresTheNodeAndItsContainers(Way way) {
        try (var runtime = runtime(way)) {
            runtime.ensureNetwork(NETWORK);
            var busy = runtime.create(command("busy", "uid-busy", "while :; do :; done"));
            var idle = runtime.create(pod("idle", "uid-idle", "10.42.7.31"));
            runtime.start(busy);
            runtime.start(idle);
            node.docker("exec", "busy", "sh", "-c", "ping -c 3 -i 0.2 10.42.7.31 || true");
            assertThat(runtime.containers()).hasSize(2);
            var from = runtime.sample();
            Await.until(
                    "a second of load",
                    Duration.ofSeconds(30),
                    () ->
                            use(runtime.sample(), busy).cpuNanos()
                                    > use(from, busy).cpuNanos() + 500_000_000);
            var to = runtime.sample();
            var window = Duration.between(from.time(), to.time()).toNanos();
            var busyCpu = use(to, busy).cpuNanos() - use(from, busy).cpuNanos();
            var idleCpu = use(to, idle).cpuNanos() - use(from, idle).cpuNanos();
            assertThat(busyCpu).isLessThan(window * 2);
            assertThat(idleCpu).isLessThan(busyCpu / 5);
            assertThat(to.nodeCpuNanos() - from.nodeCpuNanos())
                    .isGreaterThan(busyCpu / 2)
                    .isLessThan(window * 64);
            assertThat(to.nodeMemoryBytes()).isGreaterThan(1 << 24);
            assertThat(use(to, idle).memoryBytes()).isBetween(1L << 12, 1L << 25);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesDockersOwnWordsForAnImageThatCannotBeHad(Way way) {
        try (var runtime = runtime(way)) {
            assertThat(runtime.hasImage("busybox")).isTrue();
            assertThat(runtime.hasImage("nowhere.invalid/none:1")).isFalse();
            assertThatThrownBy(() -> runtime.pull("nowhere.invalid/none:1", null, _ -> {}))
                    .isInstanceOf(RefusedByEngine.class)
                    .hasMessageContaining("nowhere.invalid")
                    .hasMessageNotContaining("{");
            assertThatThrownBy(() -> runtime.create(imaged("nope", "nowhere.invalid/none:1")))
                    .isInstanceOf(RefusedByEngine.class)
                    .hasMessageStartingWith("No such image");
        }
    }

    @Test
    void doesNotTakeTheNetworkFromUnderContainers() {
        try (var runtime = runtime(Way.SSH)) {
            runtime.ensureNetwork(NETWORK);
            var id = runtime.create(pod("tenant", "uid-t", "10.42.7.40"));
            var other = new PodNetwork("10.42.8.0/24", "10.42.0.0/16");
            assertThatThrownBy(() -> runtime.ensureNetwork(other))
                    .isInstanceOf(RefusedByEngine.class)
                    .hasMessageContaining("10.42.7.0/24, not 10.42.8.0/24")
                    .hasMessageContaining("tenant");
            runtime.remove(id);
            runtime.ensureNetwork(other);
            assertThat(node.docker("network", "inspect", "flotilla")).contains("10.42.8.0/24");
            runtime.ensureNetwork(NETWORK);
        }
    }

    @Test
    void comesBackByItselfWhenTheLinkBreaks() {
        try (var runtime = runtime(Way.SSH)) {
            var happenings = new ConcurrentLinkedQueue<Happening>();
            try (var _ = runtime.onEvent(happenings::add)) {
                Await.until("events flow", Duration.ofSeconds(20), () -> !happenings.isEmpty());
                runtime.ping();
                happenings.clear();
                node.run("pkill", "-9", "-f", "^sshd: root");
                Await.until("answers again", Duration.ofSeconds(20), () -> answers(runtime));
                Await.until(
                        "events flow again",
                        Duration.ofSeconds(20),
                        () -> happenings.contains(new Happening("")));
            }
        }
    }

    @Test
    void noticesAFrozenNodeInAFewSeconds() {
        try (var runtime = runtime(Way.SSH)) {
            runtime.ping();
            node.freeze();
            try {
                long start = System.nanoTime();
                assertThatThrownBy(runtime::ping)
                        .isInstanceOf(RuntimeUnavailable.class)
                        .hasMessageContaining(node.address());
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isLessThan(Duration.ofSeconds(5));
            } finally {
                node.thaw();
            }
            Await.until("answers again", Duration.ofSeconds(20), () -> answers(runtime));
        }
    }

    private static Usage use(Sample sample, String id) {
        return Objects.requireNonNull(sample.containers().get(id));
    }

    private static boolean answers(DockerRuntime runtime) {
        try {
            runtime.ping();
            return true;
        } catch (RuntimeUnavailable _) {
            return false;
        }
    }

    private DockerRuntime runtime(Way way) {
        return switch (way) {
            case LOCAL -> DockerRuntime.at(node.localSocket(), Clock.systemUTC());
            case SSH -> LabRuntime.over(lab, node);
        };
    }

    private static ContainerState only(DockerRuntime runtime, String uid) {
        var all = runtime.containers(uid);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private String inspect(String name, String format) {
        return node.docker("inspect", "-f", format, name).strip();
    }

    private String pid(String name) {
        return inspect(name, "{{.State.Pid}}");
    }

    private static Map<String, String> labels(String uid) {
        return Map.of(PodLabels.UID, uid, PodLabels.NAME, "p", PodLabels.NAMESPACE, "default");
    }

    private static ContainerSpec pod(String name, String uid, @Nullable String address) {
        return spec(name, "busybox", uid, address, null, "sleep 1000");
    }

    private static ContainerSpec command(String name, String uid, String script) {
        return spec(name, "busybox", uid, "10.42.7.30", null, script);
    }

    private static ContainerSpec joining(String name, String uid, String id) {
        return spec(name, "busybox", uid, null, id, "sleep 1000");
    }

    private static ContainerSpec imaged(String name, String image) {
        return spec(name, image, "uid-x", null, null, "true");
    }

    private static ContainerSpec spec(
            String name,
            String image,
            String uid,
            @Nullable String address,
            @Nullable String joins,
            String script) {
        return Specs.of(name, image, labels(uid), address, joins, "sh", "-c", script).build();
    }
}

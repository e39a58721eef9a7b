package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.Lab;
import dev.flotilla.lab.LabNode;
import dev.flotilla.lab.LabSingle;
import dev.flotilla.lab.Until;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// What holds on a simulated engine holds on a real one over SSH.
@LabSingle
class KubeletIT {
    @RegisterExtension static final Lab lab = Lab.single();

    private static final Duration SOON = RealNode.SOON;

    private final LabNode node = lab.node(1);
    private RealNode real = new RealNode(lab);

    @AfterEach
    void leaveNothing() {
        real.close();
    }

    @Test
    void runsPodsAndMeasuresThem() {
        IntStream.range(0, 10).forEach(i -> pod("p" + i, "web"));
        for (int i = 0; i < 10; i++) {
            ready("p" + i);
        }
        assertThat(ours()).hasSize(10);
        var ip = pod("p0").getStatus().getPodIP();
        assertThat(node.exec("timeout", "5", "curl", "-s", "http://" + ip + ":8080/")).isNotEmpty();
        var use =
                Until.seen(
                        "figures of all",
                        SOON,
                        () -> real.meter.node("n1").map(u -> u.pods().size()).orElse(0),
                        n -> n == 10);
        assertThat(use).isEqualTo(10);
    }

    @Test
    void bringsBackWhatDiedWhateverTheWay() {
        pod("web", "web");
        var first = ready("web");
        var ip = pod("web").getStatus().getPodIP();
        var id = id(first);

        node.exec("kill", "-9", node.docker("inspect", "-f", "{{.State.Pid}}", id).strip());
        var crashed = web("web", s -> s.getRestartCount() == 1 && s.getReady());
        assertThat(crashed.getLastState().getTerminated().getExitCode()).isEqualTo(137);
        assertThat(id(crashed)).isEqualTo(id);

        node.docker("kill", id);
        var killed = web("web", s -> s.getRestartCount() == 2 && s.getReady());
        assertThat(id(killed)).isEqualTo(id);

        node.docker("rm", "-f", id);
        var removed = web("web", s -> s.getRestartCount() == 3 && s.getReady());
        assertThat(id(removed)).isNotEqualTo(id);
        assertThat(pod("web").getStatus().getPodIP()).isEqualTo(ip);
        assertThat(node.docker("inspect", id(removed))).contains("\"" + ip + "\"");
    }

    @Test
    void severalContainersShareTheirNetworkAlsoAfterItDied() {
        pod("pair", "web", "side");
        ready("pair");
        assertThat(ours()).hasSize(3);
        var sandbox = ours("POD").getFirst();
        node.docker("kill", sandbox);
        Until.seen(
                "both run in the new network",
                SOON,
                () -> pod("pair").getStatus().getContainerStatuses(),
                all -> all.stream().allMatch(s -> s.getRestartCount() > 0 && s.getReady()));
        var side = ours("side").getFirst();
        assertThat(node.docker("exec", side, "ip", "-4", "addr"))
                .contains(pod("pair").getStatus().getPodIP() + "/24");
    }

    @Test
    void theNextMasterTakesOver() {
        pod("one", "web");
        pod("two", "web", "side");
        ready("one");
        ready("two");
        var before = new TreeSet<>(ours());
        var status = pod("two").getStatus().getContainerStatuses();
        real.restart();
        pod("three", "web");
        ready("three");
        assertThat(ours()).containsAll(before).hasSize(5);
        assertThat(pod("two").getStatus().getContainerStatuses()).isEqualTo(status);
    }

    @Test
    void aNodeThatWasOffComesBackWithTheSameAddresses() {
        pod("one", "web");
        pod("two", "web", "side");
        ready("one");
        ready("two");
        var one = pod("one").getStatus().getPodIP();
        var two = pod("two").getStatus().getPodIP();
        node.powerOff();
        Until.seen("the node is missed", SOON, this::health, "Unknown"::equals);
        node.boot();
        Until.seen("the node is back", SOON, this::health, "True"::equals);
        ready("one");
        ready("two");
        assertThat(pod("one").getStatus().getPodIP()).isEqualTo(one);
        assertThat(pod("two").getStatus().getPodIP()).isEqualTo(two);
        assertThat(ours()).hasSize(4);
    }

    @Test
    void anEngineThatIsRestartedIsTakenUpAgain() {
        pod("web", "web");
        ready("web");
        node.exec("systemctl", "restart", "docker");
        node.docker("kill", ours().getFirst());
        web("web", s -> s.getRestartCount() > 0 && s.getReady());
        ready("web");
    }

    private void pod(String name, String... containers) {
        real.create(
                new PodBuilder(Pods.pod("Always", containers))
                        .editMetadata()
                        .withName(name)
                        .endMetadata()
                        .editSpec()
                        .withContainers(
                                Pods.pod("Always", containers).getSpec().getContainers().stream()
                                        .map(c -> new ContainerBuilder(c).withImage("web:1"))
                                        .map(
                                                c ->
                                                        c.getName().equals("web")
                                                                ? c.build()
                                                                : c.withCommand("sleep", "10000")
                                                                        .build())
                                        .toList())
                        .withTerminationGracePeriodSeconds(1L)
                        .endSpec()
                        .build());
    }

    private Pod pod(String name) {
        return real.pod(name);
    }

    private ContainerStatus ready(String name) {
        return real.ready(name);
    }

    private ContainerStatus web(String name, Predicate<ContainerStatus> good) {
        return Until.seen(
                name + " came back",
                SOON,
                () -> pod(name).getStatus().getContainerStatuses().getFirst(),
                good);
    }

    private static String id(ContainerStatus status) {
        return status.getContainerID().replaceFirst("^docker://", "");
    }

    private String health() {
        return real
                .cluster
                .get(Node.class, ObjectKey.of("n1"))
                .orElseThrow()
                .getStatus()
                .getConditions()
                .stream()
                .filter(c -> c.getType().equals("Ready"))
                .findFirst()
                .orElseThrow()
                .getStatus();
    }

    private List<String> ours() {
        return real.ours();
    }

    private List<String> ours(String container) {
        return real.ours(container);
    }
}

package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informers;
import dev.flotilla.lab.MostlyWaits;
import dev.flotilla.metrics.Meter;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.Registry;
import dev.flotilla.simulate.SimulatedRuntime;
import dev.flotilla.simulate.SimulatedTime;
import dev.flotilla.store.Store;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The same as in production: threads, and time that passes.
@MostlyWaits
class KubeletsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final InstantSource clock = InstantSource.system();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Store store = Store.inMemory(clock);
    private final Cluster cluster = new Registry(store, clock, new Random(1)).cluster();
    private final Informers informers = new Informers(cluster);
    private final Meter meter = new Meter();
    private final Kubelets kubelets =
            new Kubelets(cluster, informers, clock, new Random(2), meter::take);

    @BeforeEach
    void start() {
        informers.start();
    }

    @AfterEach
    void close() {
        kubelets.close();
        informers.close();
        store.close();
        timer.shutdownNow();
    }

    @Test
    void aSilentNodeHoldsUpNoOther() {
        var one = attach("n1");
        attach("n2");
        assertThat(cluster.list(Node.class).items())
                .extracting(n -> n.getSpec().getPodCIDR())
                .containsExactly("10.42.0.0/24", "10.42.1.0/24");
        one.unreachable(true);
        for (int i = 0; i < 8; i++) {
            pod("a" + i, "n1");
            pod("b" + i, "n2");
        }
        await(() -> running("n2") == 8);
        await(() -> ready("n1").equals("Unknown"));
        assertThat(ready("n2")).isEqualTo("True");
        assertThat(running("n1")).isZero();
        one.unreachable(false);
        await(() -> running("n1") == 8);
        await(() -> meter.node("n2").filter(u -> u.pods().size() == 8).isPresent());
        assertThat(one.containers()).hasSize(8);
    }

    @Test
    void aNodeThatIsDetachedTurnsUnknownAndAttachedAgainTakesOver() {
        var engine = attach("n1");
        pod("web", "n1");
        await(() -> running("n1") == 1);
        var id = engine.containers().getFirst().id();
        kubelets.detach("n1");
        await(() -> ready("n1").equals("Unknown"));
        kubelets.attach("n1", engine, "simulated", Map.of("zone", "a"));
        await(() -> ready("n1").equals("True"));
        assertThat(node("n1").getMetadata().getLabels()).containsEntry("zone", "a");
        assertThat(engine.containers()).extracting(ContainerState::id).containsExactly(id);
    }

    private SimulatedRuntime attach(String node) {
        var time = SimulatedTime.passing(clock, timer);
        var runtime = new SimulatedRuntime(node, 4, 8L << 30, time, new Random(3));
        kubelets.attach(node, runtime, "simulated", Map.of());
        return runtime;
    }

    private void pod(String name, String node) {
        cluster.create(
                new PodBuilder(Pods.pod("Always", "web"))
                        .editMetadata()
                        .withName(name)
                        .endMetadata()
                        .editSpec()
                        .withNodeName(node)
                        .endSpec()
                        .build());
    }

    private long running(String node) {
        return cluster.list(Pod.class).items().stream()
                .filter(p -> node.equals(p.getSpec().getNodeName()))
                .filter(p -> "Running".equals(p.getStatus().getPhase()))
                .count();
    }

    private String ready(String node) {
        return node(node).getStatus().getConditions().getLast().getStatus();
    }

    private Node node(String name) {
        return cluster.get(Node.class, ObjectKey.of(name)).orElseThrow();
    }

    private void await(BooleanSupplier condition) {
        var end = clock.instant().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(clock.instant()).as("in time").isBefore(end);
            LockSupport.parkNanos(20_000_000);
        }
    }
}

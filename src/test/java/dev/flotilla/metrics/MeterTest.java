package dev.flotilla.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.NodeUse;
import dev.flotilla.model.NodeUse.ContainerUse;
import dev.flotilla.model.NodeUse.PodUse;
import dev.flotilla.model.ObjectKey;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class MeterTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectKey WEB = new ObjectKey("default", "web");

    private final Meter meter = new Meter();

    @Test
    void showsTheNewestOfEachNodeAndIgnoresWhatComesLate() {
        meter.take(use("b", 10, 100));
        meter.take(use("a", 10, 200));
        meter.take(use("a", 12, 300));
        meter.take(use("a", 11, 999));
        assertThat(meter.nodes()).extracting(NodeUse::node).containsExactly("a", "b");
        assertThat(meter.nodes()).extracting(NodeUse::cpuMillis).containsExactly(300L, 100L);
        assertThat(meter.nodeHistory("a")).extracting(Point::cpuMillis).containsExactly(200L, 300L);
    }

    @Test
    void historyIsBoundedAndOldestFirst() {
        for (int i = 0; i < 1_000; i++) {
            meter.take(use("a", 2L * i, i));
        }
        var history = meter.nodeHistory("a");
        assertThat(history).hasSize(300);
        assertThat(history.getFirst()).isEqualTo(new Point(START.plusSeconds(1_400), 700, 7));
        assertThat(history.getLast()).isEqualTo(new Point(START.plusSeconds(1_998), 999, 7));
    }

    @Test
    void aPodIsTheSumOfItsContainersAndIsForgottenAfterItIsGone() {
        meter.take(use("a", 0, 50, new PodUse(WEB, List.of(c("web", 20, 5), c("log", 1, 2)))));
        assertThat(meter.podHistory(WEB)).containsExactly(new Point(START, 21, 7));
        meter.take(use("a", 100, 50));
        assertThat(meter.podHistory(WEB)).hasSize(1);
        meter.take(use("a", 200, 50));
        meter.take(use("a", 300, 50));
        assertThat(meter.podHistory(WEB)).isEmpty();
    }

    @Test
    void aNodeIsForgottenWhenItIsSaidToBeGone() {
        meter.take(use("a", 0, 50));
        meter.forgetNode("a");
        assertThat(meter.nodes()).isEmpty();
        assertThat(meter.nodeHistory("a")).isEmpty();
    }

    private static ContainerUse c(String name, long cpu, long memory) {
        return new ContainerUse(name, cpu, memory);
    }

    private static NodeUse use(String node, long second, long cpu, PodUse... pods) {
        return new NodeUse(
                node, START.plusSeconds(second), Duration.ofSeconds(2), cpu, 7, List.of(pods));
    }
}

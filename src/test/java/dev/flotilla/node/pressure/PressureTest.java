package dev.flotilla.node.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.node.Supply;
import dev.flotilla.node.Supply.Stock;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

class PressureTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Thresholds ALL = Thresholds.DEFAULT;
    private static final long MI = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        // memory MiB, node disk %, inodes %, image disk %, inodes %, pids %
        "100, 10, 5, 15, 5, 5, ''",
        "99, 10, 5, 15, 5, 5, MEMORY_AVAILABLE",
        "100, 9, 5, 15, 5, 5, NODEFS_AVAILABLE",
        "100, 10, 4, 15, 5, 5, NODEFS_INODES_FREE",
        "100, 10, 5, 14, 5, 5, IMAGEFS_AVAILABLE",
        "100, 10, 5, 15, 4, 5, IMAGEFS_INODES_FREE",
        "100, 10, 5, 15, 5, 4, PID_AVAILABLE",
        "99, 9, 4, 14, 4, 4, MEMORY_AVAILABLE"
    })
    void thresholdsAreKubernetesDefaults(
            long memory,
            long disk,
            long inodes,
            long image,
            long imageInodes,
            long pids,
            String first) {
        var supply =
                new Supply(
                        new Stock(4096 * MI, memory * MI),
                        new Stock(1000, disk * 10),
                        new Stock(1000, inodes * 10),
                        new Stock(1000, image * 10),
                        new Stock(1000, imageInodes * 10),
                        new Stock(1000, pids * 10));
        var low = Watchlist.EMPTY.look(supply, ALL, NOW).low();
        assertThat(low.isEmpty() ? "" : low.getFirst().name()).isEqualTo(first);
    }

    @Test
    void thresholdsAreSetAsKubernetesEvictionHard() {
        var set =
                Thresholds.parse(
                        " nodefs.available<1Gi, memory.available<2.5%,imagefs.available<0%,");
        var supply =
                new Supply(
                        new Stock(1000, 24),
                        new Stock(4096 * MI, 1024 * MI),
                        new Stock(100, 0),
                        new Stock(100, 0),
                        new Stock(100, 0),
                        new Stock(100, 0));
        assertThat(Watchlist.EMPTY.look(supply, set, NOW).low())
                .containsExactly(Signal.MEMORY_AVAILABLE);
        assertThat(set.of(Signal.NODEFS_AVAILABLE, supply.nodeDisk())).isEqualTo(1024 * MI);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "memory.available | 'memory.available' is no eviction threshold: it has no <",
                "disk<5% | 'disk<5%' is no eviction threshold: the signals are memory.available,"
                        + " nodefs.available, nodefs.inodesFree, imagefs.available,"
                        + " imagefs.inodesFree, pid.available",
                "pid.available<101% | 'pid.available<101%' is no eviction threshold: a share is"
                        + " from 0% to 100%",
                "pid.available<0 | 'pid.available<0' is no eviction threshold: an amount is more"
                        + " than 0",
                "pid.available<lots | 'pid.available<lots' is no eviction threshold: the value is a"
                        + " quantity, such as 500Mi, or a share, such as 5%"
            })
    void aWrongThresholdSaysHowToWriteIt(String text, String words) {
        assertThatThrownBy(() -> Thresholds.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(words);
    }

    @Test
    void whatIsNotKnownIsNotShort() {
        assertThat(Watchlist.EMPTY.look(Supply.UNKNOWN, ALL, NOW).told()).isEmpty();
    }

    @Test
    void aPressureIsToldForFiveMinutesAfterItWasLastSeen() {
        var look = Watchlist.EMPTY.look(memory(50), ALL, NOW);
        assertThat(look.told()).containsExactly(Pressure.MEMORY);
        var later = look.next().look(memory(500), ALL, NOW.plus(Duration.ofSeconds(299)));
        assertThat(later.told()).containsExactly(Pressure.MEMORY);
        assertThat(later.low()).isEmpty();
        var end = later.next().look(memory(500), ALL, NOW.plus(Duration.ofMinutes(5)));
        assertThat(end.told()).isEmpty();
    }

    @Test
    void aSignalThatDoesNotCountIsNotLookedAt() {
        var supply =
                new Supply(
                        Stock.UNKNOWN,
                        new Stock(100, 1),
                        Stock.UNKNOWN,
                        new Stock(100, 1),
                        Stock.UNKNOWN,
                        Stock.UNKNOWN);
        assertThat(
                        Watchlist.EMPTY
                                .look(supply, ALL.only(Set.of(Signal.MEMORY_AVAILABLE)), NOW)
                                .told())
                .isEmpty();
    }

    @Test
    void whoExceedsItsRequestGoesFirstThenTheLessImportantThenTheGreedier() {
        var pods =
                List.of(
                        candidate("within", 0, "200Mi", 150 * MI),
                        candidate("important", 10, "10Mi", 900 * MI),
                        candidate("little-over", 0, "100Mi", 110 * MI),
                        candidate("much-over", 0, "10Mi", 100 * MI),
                        candidate("critical", 2_000_000_000, "1Mi", 999 * MI),
                        candidate("unimportant-within", -5, "200Mi", MI),
                        new Candidate(pod("unknown", 7, "0"), false, Map.of(), Map.of()));
        assertThat(names(Ranking.of(Signal.MEMORY_AVAILABLE, pods)))
                .containsExactly(
                        "unknown",
                        "much-over",
                        "little-over",
                        "important",
                        "unimportant-within",
                        "within");
    }

    @Test
    void diskCountsWhatWasWrittenAndProcessesOnlyThePriority() {
        var writer = new Candidate(pod("writer", 5, "0"), true, Map.of(), Map.of("web", 9L));
        var reader = new Candidate(pod("reader", 0, "0"), true, Map.of(), Map.of("web", 0L));
        assertThat(names(Ranking.of(Signal.NODEFS_AVAILABLE, List.of(reader, writer))))
                .containsExactly("writer", "reader");
        assertThat(names(Ranking.of(Signal.PID_AVAILABLE, List.of(writer, reader))))
                .containsExactly("reader", "writer");
    }

    @Test
    void theMessageIsKubernetes() {
        assertThat(
                        Ranking.message(
                                ALL,
                                Signal.MEMORY_AVAILABLE,
                                memory(50),
                                candidate("web", 0, "10Mi", 60 * MI + 1024)))
                .isEqualTo(
                        "The node was low on resource: memory. Threshold quantity: 100Mi,"
                                + " available: 50Mi. Container web was using 61441Ki, request is"
                                + " 10Mi, has larger consumption of memory. ");
        assertThat(
                        Ranking.message(
                                ALL,
                                Signal.PID_AVAILABLE,
                                memory(50),
                                candidate("web", 0, "10Mi", 60 * MI)))
                .isEqualTo(
                        "The node was low on resource: pids. Threshold quantity: 0, available: 0."
                                + " ");
    }

    @Test
    void aNodeTellsInConditionsAndTaintsAndLeavesOthersAlone() {
        var node =
                new NodeBuilder()
                        .withNewSpec()
                        .addToTaints(new Taint("NoSchedule", "mine", null, "x"))
                        .addToTaints(
                                new Taint(
                                        "NoSchedule",
                                        "node.kubernetes.io/disk-pressure",
                                        null,
                                        null))
                        .endSpec()
                        .withNewStatus()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build();
        var short1 = Set.of(Pressure.MEMORY);
        var after = NodePressures.told(NodePressures.tainted(node, short1), short1, NOW);
        assertThat(after.getSpec().getTaints())
                .extracting(Taint::getKey)
                .containsExactly("mine", "node.kubernetes.io/memory-pressure");
        assertThat(conditions(after))
                .containsExactly(
                        "MemoryPressure=True KubeletHasInsufficientMemory: kubelet has insufficient"
                                + " memory available",
                        "DiskPressure=False KubeletHasNoDiskPressure: kubelet has no disk pressure",
                        "PIDPressure=False KubeletHasSufficientPID: kubelet has sufficient PID"
                                + " available",
                        "Ready=True null: null");
        var again = NodePressures.told(after, short1, NOW.plusSeconds(60));
        assertThat(again).isSameAs(after);
        var good = NodePressures.told(after, Set.of(), NOW.plusSeconds(60));
        assertThat(good.getStatus().getConditions().getFirst().getLastTransitionTime())
                .isEqualTo("2026-01-01T00:01:00Z");
        assertThat(good.getStatus().getConditions().get(1).getLastTransitionTime())
                .isEqualTo("2026-01-01T00:00:00Z");
    }

    private static List<String> conditions(Node node) {
        return node.getStatus().getConditions().stream().map(PressureTest::words).toList();
    }

    private static String words(NodeCondition c) {
        return c.getType() + "=" + c.getStatus() + " " + c.getReason() + ": " + c.getMessage();
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

    private static List<String> names(List<Candidate> candidates) {
        return candidates.stream().map(c -> c.pod().getMetadata().getName()).toList();
    }

    private static Candidate candidate(String name, int priority, String request, long used) {
        return new Candidate(pod(name, priority, request), true, Map.of("web", used), Map.of());
    }

    private static Pod pod(String name, int priority, String memory) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withPriority(priority)
                .addNewContainer()
                .withName("web")
                .withNewResources()
                .addToRequests("memory", new Quantity(memory))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }
}

package dev.flotilla.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class RushTest {
    private final MemoryCluster cluster = new MemoryCluster();
    private final Informers informers = new Informers(cluster);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Rush coming = Rush.ofComing(informers, () -> now);
    private final Rush all = Rush.ofAll(informers, () -> now);
    private int made;

    @Test
    void aFewPodsAreNone() {
        make(63, 0);
        assertThat(coming.rest()).isZero();
        pass(1001);
        make(63, 0);
        assertThat(coming.rest()).isZero();
    }

    @Test
    void podsThatComeOneByOneAreNone() {
        make(200, 16);
        assertThat(coming.rest()).isZero();
    }

    @Test
    void aCrowdLastsUntilNoMoreCome() {
        make(65, 1);
        assertThat(coming.rest()).isPositive();
        pass(38);
        assertThat(coming.rest()).isPositive();
        make(1, 0);
        pass(40);
        assertThat(coming.rest()).isPositive();
        pass(1);
        assertThat(coming.rest()).isZero();
    }

    @Test
    void aSlowCrowdMayHaveLongerGaps() {
        make(70, 12);
        pass(100);
        assertThat(coming.rest()).isPositive();
        pass(100);
        assertThat(coming.rest()).isZero();
    }

    @Test
    void aCrowdThatDoesNotEndIsWaitedForNoLonger() {
        make(200, 13);
        assertThat(coming.rest()).isPositive();
        make(110, 13);
        assertThat(coming.rest()).isZero();
        pass(250);
        make(70, 1);
        assertThat(coming.rest()).as("the next one").isPositive();
    }

    @Test
    void podsThatRunComeNoMore() {
        make(65, 0);
        pass(1000);
        for (var pod : cluster.list(Pod.class).items()) {
            cluster.updateStatus(
                    pod,
                    new PodBuilder(pod)
                            .withNewStatus()
                            .withStartTime("2026-01-01T00:00:01Z")
                            .endStatus()
                            .build());
        }
        informers.pump();
        assertThat(coming.rest()).isZero();
        assertThat(all.rest()).isPositive();
        pass(41);
        assertThat(all.rest()).isZero();
    }

    private void make(int pods, int millisEach) {
        for (int i = 0; i < pods; i++) {
            cluster.create(
                    new PodBuilder()
                            .withNewMetadata()
                            .withNamespace("default")
                            .withName("p" + made++)
                            .endMetadata()
                            .build());
            pass(millisEach);
            informers.pump();
        }
    }

    private void pass(int millis) {
        now = now.plus(Duration.ofMillis(millis));
    }
}

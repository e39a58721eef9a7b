package dev.flotilla.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.flotilla.lab.Until;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

class EventRecorderTest {
    private final MemoryCluster cluster = new MemoryCluster();
    private Instant now = Instant.parse("2026-01-01T10:00:00Z");
    private final EventRecorder events =
            new EventRecorder(
                    cluster, () -> now, new SplittableRandom(1), "scheduler", Runnable::run);

    @Test
    void theSameAgainIsCounted() {
        events.warning(pod("a"), "FailedScheduling", "no room");
        now = now.plusSeconds(30);
        events.warning(pod("a"), "FailedScheduling", "no room");
        assertThat(all())
                .singleElement()
                .satisfies(
                        e -> {
                            assertThat(e.getCount()).isEqualTo(2);
                            assertThat(e.getFirstTimestamp()).isEqualTo("2026-01-01T10:00:00Z");
                            assertThat(e.getLastTimestamp()).isEqualTo("2026-01-01T10:00:30Z");
                            assertThat(e.getType()).isEqualTo("Warning");
                            assertThat(e.getInvolvedObject().getUid()).isEqualTo("uid-a");
                            assertThat(e.getSource().getComponent()).isEqualTo("scheduler");
                            assertThat(e.getMetadata().getNamespace()).isEqualTo("default");
                        });
    }

    @Test
    void anotherObjectReasonOrMessageOrAfterAWhileIsANewEvent() {
        events.normal(pod("a"), "Created", "x");
        events.normal(pod("b"), "Created", "x");
        events.normal(pod("a"), "Deleted", "x");
        events.normal(pod("a"), "Created", "y");
        now = now.plus(Duration.ofMinutes(11));
        events.normal(pod("a"), "Created", "x");
        assertThat(all()).hasSize(5).allSatisfy(e -> assertThat(e.getCount()).isEqualTo(1));
    }

    @Test
    void anEventThatWasDeletedMeanwhileIsToldAnew() {
        events.normal(pod("a"), "Created", "x");
        cluster.delete(all().getFirst(), Deletion.NOW);
        events.normal(pod("a"), "Created", "x");
        assertThat(all()).hasSize(1);
    }

    @Test
    void whoTellsDoesNotWaitAndEachObjectsEventsKeepTheirOrder() {
        BlockingQueue<Runnable> later = new LinkedBlockingQueue<>();
        var slow =
                new EventRecorder(
                        cluster, () -> now, new SplittableRandom(1), "scheduler", later::add);
        slow.normal(pod("a"), "Created", "x");
        slow.normal(pod("a"), "Started", "x");
        slow.normal(pod("a"), "Created", "x");
        assertThat(all()).isEmpty();
        assertThat(later).as("one writes for all").hasSize(1);
        var writer = Thread.ofVirtual().start(later.remove());
        Until.seen("it writes", Duration.ofSeconds(20), later::size, n -> n == 1);
        later.remove().run();
        Until.seen("it ends", Duration.ofSeconds(20), writer::isAlive, alive -> !alive);
        assertThat(all())
                .extracting(Event::getReason, Event::getCount)
                .containsExactlyInAnyOrder(tuple("Created", 2), tuple("Started", 1));
    }

    private List<Event> all() {
        return cluster.list(Event.class).items();
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withUid("uid-" + name)
                .endMetadata()
                .build();
    }
}

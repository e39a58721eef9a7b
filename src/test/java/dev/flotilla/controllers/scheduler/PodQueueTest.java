package dev.flotilla.controllers.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.scheduler.PodQueue.Waiting;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.News;
import dev.flotilla.schedule.facts.PodView;
import dev.flotilla.schedule.facts.Shape;

import io.fabric8.kubernetes.api.model.PodSpecBuilder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

class PodQueueTest {
    private static final News NEWS = new News.NodeChanged("n");
    private final PodQueue queue = new PodQueue();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theHigherPriorityThenTheOlderThenByName() {
        offer("c", 0, 5);
        offer("b", 0, 3);
        offer("a", 0, 5);
        offer("z", 10, 9);
        assertThat(taken()).isEqualTo("z");
        assertThat(taken()).isEqualTo("b");
        assertThat(taken()).isEqualTo("a");
        assertThat(taken()).isEqualTo("c");
        assertThat(queue.take(now)).isEmpty();
    }

    @Test
    void toldTwiceIsThereOnce() {
        offer("a", 0, 1);
        offer("a", 0, 1);
        assertThat(taken()).isEqualTo("a");
        offer("a", 0, 1);
        assertThat(queue.take(now)).isEmpty();
    }

    @ParameterizedTest(name = "after {0} failures {1} s")
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 8", "5, 10", "9, 10"})
    void itWaitsLongerEachTime(int failures, int seconds) {
        offer("a", 0, 1);
        for (int i = 0; i < failures; i++) {
            fail(take());
            tell(true);
            if (i < failures - 1) {
                now = queue.next(now).orElseThrow();
            }
        }
        assertThat(queue.take(now)).isEmpty();
        assertThat(queue.next(now)).contains(now.plusSeconds(seconds));
        now = now.plusSeconds(seconds);
        assertThat(taken()).isEqualTo("a");
    }

    @Test
    void onlyWhatHelpsWakesIt() {
        offer("a", 0, 1);
        fail(take());
        tell(false);
        now = now.plusSeconds(100);
        assertThat(queue.take(now)).isEmpty();
        tell(true);
        assertThat(taken()).isEqualTo("a");
    }

    @Test
    void newsThatCameWhileItWasInWorkIsNotLost() {
        offer("a", 0, 1);
        var a = take();
        assertThat(tell(true)).isFalse();
        fail(a);
        assertThat(queue.next(now)).contains(now.plusSeconds(1));
    }

    @Test
    void thoseThatFailedAlikeAreTriedOneAfterTheOther() {
        offer("a", 0, 1);
        offer("b", 0, 2);
        fail(take());
        fail(take());
        now = now.plusSeconds(20);
        tell(true);
        var first = take();
        assertThat(queue.take(now)).isEmpty();
        queue.placed(first);
        assertThat(taken()).isEqualTo("b");
    }

    @Test
    void whenTheOneThatWasWokenIsGoneTheNextIsTried() {
        offer("a", 0, 1);
        offer("b", 0, 2);
        fail(take());
        fail(take());
        tell(true);
        queue.remove(new ObjectKey("default", "a"));
        now = now.plusSeconds(20);
        assertThat(taken()).isEqualTo("b");
    }

    @Test
    void afterFiveMinutesItIsTriedAllTheSame() {
        offer("a", 0, 1);
        fail(take());
        assertThat(queue.next(now)).contains(now.plus(PodQueue.PATIENCE));
        now = now.plus(Duration.ofMinutes(6));
        assertThat(taken()).isEqualTo("a");
    }

    @Test
    void aPodThatWasChangedInWorkIsTriedAnew() {
        offer("a", 0, 1);
        var a = take();
        offer("a", 7, 1);
        fail(a);
        assertThat(taken()).isEqualTo("a");
        assertThat(queue.take(now)).isEmpty();
    }

    @Test
    void aPodThatIsGoneIsGone() {
        offer("a", 0, 1);
        var a = take();
        queue.remove(a.key());
        queue.again(a);
        assertThat(queue.take(now)).isEmpty();
        assertThat(queue.next(now)).isEqualTo(Optional.empty());
    }

    private void offer(String name, int priority, int second) {
        var key = new ObjectKey("default", name);
        queue.offer(PodView.of(key, shape(priority)), Instant.ofEpochSecond(second));
    }

    private static Shape shape(int priority) {
        var spec =
                new PodSpecBuilder()
                        .withPriority(priority)
                        .addNewContainer()
                        .endContainer()
                        .build();
        return Shape.of("default", null, "", spec);
    }

    private Waiting take() {
        return queue.take(now).orElseThrow();
    }

    private @Nullable String taken() {
        return queue.take(now).map(w -> w.key().name()).orElse(null);
    }

    private void fail(Waiting waiting) {
        var alike = new Alike(shape(0), Set.of("NodeResourcesFit"), null, null);
        queue.failed(waiting, alike, now, (_, _) -> true);
    }

    private boolean tell(boolean helps) {
        return queue.tell(NEWS, (_, _) -> helps);
    }
}

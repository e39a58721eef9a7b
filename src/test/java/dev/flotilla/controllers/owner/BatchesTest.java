package dev.flotilla.controllers.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Written;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.function.Supplier;
import java.util.stream.IntStream;

class BatchesTest {
    private final List<Integer> started = new ArrayList<>();

    @Test
    void stopsAfterTheFirstBatchInWhichOneIsNotDone() {
        var one = new Batches(Runnable::run);
        assertThat(one.slowly(writes(100, 0))).hasSize(1);
        assertThat(started).containsExactly(0);
        started.clear();
        assertThat(one.slowly(writes(100, 4))).hasSize(7);
        assertThat(started).containsExactly(0, 1, 2, 3, 4, 5, 6);
        started.clear();
        assertThat(one.slowly(writes(100, -1))).hasSize(100).allMatch(Written::done);
        started.clear();
        assertThat(one.all(writes(10, 4))).hasSize(10);
        assertThat(one.slowly(writes(0, -1))).isEmpty();
    }

    /// The four of the third batch wait for each other: one by one they would wait for ever.
    @Test
    void whatIsInABatchIsWrittenTogether() {
        var together = new Phaser(4);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var writes =
                    IntStream.range(0, 7)
                            .<Supplier<Written<Integer>>>mapToObj(
                                    i ->
                                            () -> {
                                                if (i >= 3) {
                                                    together.arriveAndAwaitAdvance();
                                                }
                                                return new Written.Done<>(i);
                                            })
                            .toList();
            assertThat(new Batches(executor).slowly(writes))
                    .extracting(w -> ((Written.Done<Integer>) w).object())
                    .containsExactly(0, 1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void theNextBatchWaitsForTheOneBefore() {
        var waiting = new ArrayDeque<Runnable>();
        var batches =
                new Batches(
                        task -> {
                            waiting.add(task);
                            if (waiting.size() == (started.isEmpty() ? 1 : 2)) {
                                while (!waiting.isEmpty()) {
                                    waiting.removeLast().run();
                                }
                            }
                        });
        batches.slowly(writes(3, -1));
        assertThat(started).containsExactly(0, 2, 1);
    }

    /// @param refused the number of the one that is not done
    private List<Supplier<Written<Integer>>> writes(int count, int refused) {
        return IntStream.range(0, count)
                .<Supplier<Written<Integer>>>mapToObj(
                        i ->
                                () -> {
                                    started.add(i);
                                    return i == refused
                                            ? new Written.Refused<>("Forbidden", "no")
                                            : new Written.Done<>(i);
                                })
                .toList();
    }
}

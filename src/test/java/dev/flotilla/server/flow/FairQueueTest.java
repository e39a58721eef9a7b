package dev.flotilla.server.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// One asker's flood costs the others nothing.
class FairQueueTest {
    @Test
    void aFloodNeverTakesTheLastSeats() throws Exception {
        var queue = new FairQueue(8, 100, 60_000);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var gate = new Semaphore(0);
            flood(queue, threads, gate, 50);
            await(() -> queue.served() == 6 && queue.waiting() == 44);
            try (var mine = queue.enter("window")) {
                assertThat(mine).isNotNull();
                assertThat(queue.served()).isEqualTo(7);
            }
            gate.release(50);
        }
        assertThat(queue.served()).isZero();
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void seatsGoRoundByTurns() throws Exception {
        var queue = new FairQueue(1, 100, 60_000);
        var order = new ArrayList<String>();
        var waiters = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = queue.enter("flood");
            for (int i = 0; i < 10; i++) {
                int before = queue.waiting();
                waiters.add(threads.submit(() -> note(queue, "flood", order)));
                await(() -> queue.waiting() == before + 1);
            }
            waiters.add(threads.submit(() -> note(queue, "a", order)));
            await(() -> queue.waiting() == 11);
            waiters.add(threads.submit(() -> note(queue, "b", order)));
            await(() -> queue.waiting() == 12);
            first.close();
            for (var waiter : waiters) {
                waiter.get();
            }
        }
        assertThat(order).hasSize(12);
        assertThat(order.subList(0, 3)).containsExactlyInAnyOrder("flood", "a", "b");
    }

    @Test
    void whoAsksTooMuchIsSentAwayAndOthersAreNot() throws Exception {
        var queue = new FairQueue(4, 5, 60_000);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var gate = new Semaphore(0);
            var flood = flood(queue, threads, gate, 20);
            await(() -> flood.stream().filter(Future::isDone).count() == 12);
            queue.enter("other").close();
            assertThatThrownBy(() -> queue.enter("flood")).isInstanceOf(FairQueue.Full.class);
            gate.release(20);
        }
        queue.enter("flood").close();
    }

    @Test
    void whoWaitsTooLongOrIsInterruptedLeavesNoTrace() throws Exception {
        var queue = new FairQueue(1, 5, 20);
        var seat = queue.enter("a");
        assertThatThrownBy(() -> queue.enter("b")).isInstanceOf(FairQueue.Full.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> queue.enter("b")).isInstanceOf(InterruptedException.class);
        assertThat(queue.waiting()).isZero();
        seat.close();
        queue.enter("b").close();
    }

    @Test
    void neverMoreThanTheSeats() throws Exception {
        var queue = new FairQueue(5, 1000, 60_000);
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var all = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 400; i++) {
                var asker = "a" + i % 7;
                all.add(
                        threads.submit(
                                () -> {
                                    try (var seat = queue.enter(asker)) {
                                        assertThat(seat).isNotNull();
                                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                                        Thread.onSpinWait();
                                        now.decrementAndGet();
                                    }
                                    return null;
                                }));
            }
            for (var one : all) {
                one.get();
            }
        }
        assertThat(most.get()).isBetween(1, 5);
        assertThat(queue.served()).isZero();
    }

    private static List<Future<?>> flood(
            FairQueue queue, ExecutorService threads, Semaphore gate, int count) {
        var all = new ArrayList<Future<?>>();
        for (int i = 0; i < count; i++) {
            all.add(
                    threads.submit(
                            () -> {
                                try (var seat = queue.enter("flood")) {
                                    assertThat(seat).isNotNull();
                                    gate.acquire();
                                }
                                return null;
                            }));
        }
        return all;
    }

    private static Void note(FairQueue queue, String asker, List<String> order) throws Exception {
        try (var seat = queue.enter(asker)) {
            assertThat(seat).isNotNull();
            order.add(asker);
        }
        return null;
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        var end = System.nanoTime() + 30_000_000_000L;
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waited 30 s").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}

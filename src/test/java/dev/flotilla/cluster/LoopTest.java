package dev.flotilla.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

class LoopTest {
    private static final ObjectKey A = ObjectKey.of("a");
    private static final ObjectKey B = ObjectKey.of("b");

    private final MemoryCluster cluster = new MemoryCluster();
    private final Informers informers = new Informers(cluster);
    private final List<ObjectKey> seen = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    @Test
    void manyMarksAreOneLookAndTheEarliestGoesFirst() {
        var loop = loop(_ -> Outcome.SETTLED);
        loop.markAfter(A, Duration.ofSeconds(5));
        loop.markAfter(A, Duration.ofSeconds(9));
        loop.mark(B);
        loop.mark(B);
        assertThat(loop.step()).isTrue();
        assertThat(loop.step()).isFalse();
        assertThat(loop.next()).contains(Instant.EPOCH.plusSeconds(5));
        now = Instant.EPOCH.plusSeconds(5);
        assertThat(loop.step()).isTrue();
        assertThat(seen).containsExactly(B, A);
        assertThat(loop.next()).isEmpty();
    }

    @Test
    void oneThatRestsLooksAgainOnlyAfterAsLongAsItTook() {
        var took = new ArrayDeque<>(List.of(40, 500, 0));
        var loop =
                Loop.resting(
                        "test",
                        _ -> {
                            now = now.plusMillis(took.remove());
                            return Outcome.SETTLED;
                        },
                        informers,
                        () -> now);
        loop.mark(A);
        loop.step();
        loop.mark(B);
        assertThat(loop.next()).as("another key waits for nothing").contains(now);
        loop.step();
        var free = now;
        loop.mark(A);
        loop.mark(B);
        assertThat(loop.next()).as("A has rested while B was looked at").contains(now);
        loop.step();
        assertThat(loop.next()).as("the longest rest").contains(free.plusMillis(100));
        loop.mark(A);
        assertThat(loop.next()).as("what took no time needs no rest").contains(now);
    }

    @Test
    void againComesBackAfterItsDelay() {
        var loop = loop(_ -> Outcome.again(Duration.ofSeconds(3)));
        loop.mark(A);
        loop.step();
        assertThat(loop.next()).contains(now.plusSeconds(3));
    }

    @Test
    void whatFailsIsTriedMoreAndMoreSlowlyAndSuccessForgets() {
        var broken = new AtomicBoolean(true);
        var loop =
                loop(
                        _ -> {
                            if (broken.get()) {
                                throw new IllegalStateException("on purpose");
                            }
                            return Outcome.SETTLED;
                        });
        loop.mark(A);
        var waits = new ArrayList<Long>();
        for (int i = 0; i < 12; i++) {
            loop.step();
            var next = loop.next().orElseThrow();
            waits.add(Duration.between(now, next).toMillis());
            now = next;
        }
        assertThat(waits).startsWith(100L, 200L, 400L, 800L).endsWith(60_000L);
        broken.set(false);
        loop.step();
        assertThat(loop.next()).isEmpty();
        broken.set(true);
        loop.mark(A);
        loop.step();
        assertThat(loop.next()).contains(now.plusMillis(100));
    }

    @Test
    void aReconcilerSeesItsOwnWritesAtTheNextLook() {
        var maps = informers.of(ConfigMap.class);
        var counts = new ArrayList<Integer>();
        var loop =
                loop(
                        _ -> {
                            counts.add(maps.all().size());
                            cluster.create(map("m" + counts.size()));
                            return Outcome.again(Duration.ZERO);
                        });
        loop.mark(A);
        for (int i = 0; i < 3; i++) {
            loop.step();
        }
        assertThat(counts).containsExactly(0, 1, 2);
    }

    @Test
    void aMarkDuringTheLookIsNotLost() {
        var loops = new ArrayList<Loop>();
        var loop =
                loop(
                        _ -> {
                            if (seen.size() == 1) {
                                loops.getFirst().mark(A);
                            }
                            return Outcome.SETTLED;
                        });
        loops.add(loop);
        loop.mark(A);
        assertThat(loop.step()).isTrue();
        assertThat(loop.step()).isTrue();
        assertThat(loop.step()).isFalse();
    }

    @Test
    void withoutAPresentNothingIsDecided() {
        var broken = new AtomicBoolean(true);
        var stale = new Informers(new Unreachable(cluster, broken));
        stale.of(ConfigMap.class);
        var loop = new Loop("test", this::look, stale, () -> now);
        loop.mark(A);
        assertThat(loop.step()).isTrue();
        assertThat(seen).isEmpty();
        broken.set(false);
        now = loop.next().orElseThrow();
        loop.step();
        assertThat(seen).containsExactly(A);
    }

    @Test
    void workersShareKeysAndNeverOneKey() throws Exception {
        var inWork = ConcurrentHashMap.<ObjectKey>newKeySet();
        var overlap = new AtomicBoolean();
        var looks = new CountDownLatch(400);
        var loop =
                new Loop(
                        "test",
                        key -> {
                            if (!inWork.add(key)) {
                                overlap.set(true);
                            }
                            LockSupport.parkNanos(20_000);
                            inWork.remove(key);
                            looks.countDown();
                            return Outcome.again(Duration.ZERO);
                        },
                        informers,
                        InstantSource.system());
        try (loop) {
            loop.start(4);
            for (int i = 0; i < 5; i++) {
                loop.mark(ObjectKey.of("k" + i));
            }
            while (looks.getCount() > 0) {
                loop.mark(A);
                if (looks.await(1, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        assertThat(overlap).isFalse();
    }

    private Loop loop(Reconciler reconciler) {
        return new Loop(
                "test",
                key -> {
                    seen.add(key);
                    return reconciler.reconcile(key);
                },
                informers,
                () -> now);
    }

    private Outcome look(ObjectKey key) {
        seen.add(key);
        return Outcome.SETTLED;
    }

    private static ConfigMap map(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .build();
    }
}

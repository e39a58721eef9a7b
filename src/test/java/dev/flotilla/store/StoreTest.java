package dev.flotilla.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// What the store promises one caller; [StoreModelTest] and [StoreCrashTest] hold the rest.
class StoreTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Store store = Store.inMemory(InstantSource.fixed(NOON));

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void putsOverwritesAndDeletes() {
        var one = done(put("/core/pods/a/x", 0, "one")).getFirst();
        assertThat(one.revision()).isEqualTo(1);
        assertThat(one.time()).isEqualTo(NOON);
        var two = done(put("/core/pods/a/x", 1, "two")).getFirst();
        assertThat(two.createdRevision()).isEqualTo(1);
        assertThat(store.get("/core/pods/a/x")).contains(two);
        var end = done(delete("/core/pods/a/x", 2, "two")).getFirst();
        assertThat(end.deleted()).isTrue();
        assertThat(store.get("/core/pods/a/x")).isEmpty();
        assertThat(store.revision()).isEqualTo(3);
        assertThat(done(put("/core/pods/a/x", 0, "again")).getFirst().createdRevision())
                .isEqualTo(4);
    }

    @Test
    void aConflictLeavesNoTraceAndNoGap() {
        done(put("/core/pods/a/x", 0, "one"));
        assertThat(
                        store.write(
                                List.of(
                                        put("/core/pods/a/y", 0, "y"),
                                        put("/core/pods/a/x", 7, "no"))))
                .isEqualTo(new Result.Conflict("/core/pods/a/x", 1));
        assertThat(store.write(List.of(put("/core/pods/a/z", 3, "no"))))
                .isEqualTo(new Result.Conflict("/core/pods/a/z", 0));
        assertThat(store.get("/core/pods/a/y")).isEmpty();
        assertThat(done(put("/core/pods/a/y", 0, "y")).getFirst().revision()).isEqualTo(2);
    }

    @Test
    void aListOfWritesIsSeenWhole() {
        var entries =
                done(put("/a/b/c/1", 0, "1"), put("/a/b/c/2", 0, "2"), put("/a/b/c/3", 0, "3"));
        assertThat(entries).extracting(Entry::revision).containsExactly(1L, 2L, 3L);
        assertThat(store.list("/a/b/")).isEqualTo(new Snapshot(3, entries));
        assertThat(store.write(List.of())).isEqualTo(new Result.Done(List.of()));
    }

    @Test
    void aBodyKnowsItsRevision() {
        done(put("/a/b/c/1", 0, "1"));
        done(new Write("/a/b/c/2", 0, false, revision -> bytes("at " + revision)));
        assertThat(text(store.get("/a/b/c/2").orElseThrow())).isEqualTo("at 2");
    }

    @Test
    void aBodyThatFailsHarmsItsOwnListOnly() {
        var bad =
                new Write(
                        "/a/b/c/1",
                        0,
                        false,
                        _ -> {
                            throw new IllegalStateException("no body");
                        });
        assertThatThrownBy(() -> store.write(List.of(put("/a/b/c/0", 0, "0"), bad)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no body");
        assertThat(done(put("/a/b/c/2", 0, "2")).getFirst().revision()).isEqualTo(1);
    }

    @Test
    void listsByPrefixInKeyOrder() {
        done(
                put("/core/pods/b/x", 0, ""),
                put("/core/pods/a/y", 0, ""),
                put("/core/podsets/a/z", 0, ""));
        assertThat(store.list("/core/pods/").entries())
                .extracting(Entry::key)
                .containsExactly("/core/pods/a/y", "/core/pods/b/x");
        assertThat(store.list("").entries()).hasSize(3);
        assertThat(store.list("/apps/").entries()).isEmpty();
    }

    @Test
    void aCursorFollowsItsPrefixAndPassesOverTheRest() {
        done(
                put("/core/pods/a/x", 0, ""),
                put("/core/nodes/-/n", 0, ""),
                put("/core/pods/a/y", 0, ""));
        try (var cursor = store.watch("/core/pods/", 0)) {
            assertThat(cursor.poll(1)).extracting(Entry::revision).containsExactly(1L);
            assertThat(cursor.position()).isEqualTo(1);
            assertThat(cursor.poll(10)).extracting(Entry::revision).containsExactly(3L);
            assertThat(cursor.poll(10)).isEmpty();
            done(put("/core/nodes/-/m", 0, ""));
            assertThat(cursor.poll(10)).isEmpty();
            assertThat(cursor.position()).isEqualTo(4);
            done(delete("/core/pods/a/x", 1, ""));
            assertThat(cursor.poll(10)).extracting(Entry::deleted).containsExactly(true);
        }
    }

    @Test
    void listenersAreWokenAfterTheCommitAndNotOnceRemoved() throws Exception {
        var woken = new CountDownLatch(1);
        var others = new AtomicInteger();
        Runnable removed = others::incrementAndGet;
        store.onCommit(removed);
        store.removeOnCommit(removed);
        store.onCommit(
                () -> {
                    if (store.revision() == 1) {
                        woken.countDown();
                    }
                });
        done(put("/a/b/c/1", 0, "1"));
        assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(others).hasValue(0);
    }

    @Test
    void aListenerThatHangsHoldsNobodyUp() throws Exception {
        var hang = new CountDownLatch(1);
        var runs = new AtomicInteger();
        store.onCommit(
                () -> {
                    runs.incrementAndGet();
                    try {
                        hang.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        for (int i = 0; i < 100; i++) {
            done(put("/a/b/c/" + i, 0, ""));
        }
        assertThat(store.revision()).isEqualTo(100);
        assertThat(runs.get()).isLessThanOrEqualTo(1);
        hang.countDown();
    }

    @Test
    void anInterruptedCallerStillLearnsTheOutcome() {
        Thread.currentThread().interrupt();
        var entries = done(put("/a/b/c/1", 0, "1"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(entries).hasSize(1);
        assertThat(store.revision()).isEqualTo(1);
    }

    @Test
    void refusesWritesOnceClosed() {
        store.close();
        assertThatThrownBy(() -> store.write(List.of(put("/a/b/c/1", 0, "1"))))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        e -> assertThat(e.kind()).isEqualTo(StoreFailure.Kind.CLOSED));
    }

    @Test
    void refusesWritesThatMeanNothing() {
        assertThatThrownBy(() -> delete("/a/b/c/1", 0, ""))
                .hasMessage("a deletion needs the revision it ends: /a/b/c/1");
        assertThatThrownBy(() -> put("", 0, "")).hasMessage("a write needs a key");
        assertThatThrownBy(() -> put("/a", -1, "")).hasMessage("no key has revision -1: /a");
    }

    private List<Entry> done(Write... writes) {
        return ((Result.Done) store.write(List.of(writes))).entries();
    }

    static Write put(String key, long expected, String body) {
        return new Write(key, expected, false, Body.of(bytes(body)));
    }

    static Write delete(String key, long expected, String body) {
        return new Write(key, expected, true, Body.of(bytes(body)));
    }

    static String text(Entry entry) {
        return new String(entry.body(), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}

package dev.flotilla.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

class SimulatedStoreTest {
    private static final InstantSource TIME =
            InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
    private static final Snapshot NOTHING = new Snapshot(0, List.of());

    @Test
    void isAStoreAsAnyOther() {
        try (var store = Store.simulated(TIME, NOTHING)) {
            assertThat(write(store, "/a/1", 0)).isInstanceOf(Result.Done.class);
            assertThat(write(store, "/b/1", 0)).isInstanceOf(Result.Done.class);
            assertThat(write(store, "/a/1", 7)).isEqualTo(new Result.Conflict("/a/1", 1));
            assertThat(write(store, "/a/1", 1)).isInstanceOf(Result.Done.class);
            assertThat(store.revision()).isEqualTo(3);
            try (var watch = store.watch("/a/", 0)) {
                assertThat(watch.poll(9)).extracting(Entry::revision).containsExactly(1L, 3L);
            }
        }
    }

    @Test
    void keepsAllOfItsHistory() {
        try (var store = Store.simulated(TIME, NOTHING)) {
            for (int i = 0; i < 20_000; i++) { // more than the ring holds
                write(store, "/a/" + i, 0);
            }
            assertThat(store.at(3).orElseThrow().key()).isEqualTo("/a/2");
            try (var watch = store.watch("/a/1", 0)) {
                assertThat(watch.poll(2)).extracting(Entry::key).containsExactly("/a/1", "/a/10");
            }
        }
    }

    @Test
    void goesOnFromWhatAnotherHeld() {
        Snapshot held;
        try (var before = Store.simulated(TIME, NOTHING)) {
            write(before, "/a/1", 0);
            write(before, "/a/2", 0);
            held = before.list("");
        }
        try (var store = Store.simulated(TIME, held)) {
            assertThat(store.list("/a/").entries()).hasSize(2);
            assertThat(write(store, "/a/1", 1)).isInstanceOf(Result.Done.class);
            assertThat(store.revision()).isEqualTo(3);
            assertThat(store.at(3).orElseThrow().key()).isEqualTo("/a/1");
            assertThat(store.at(1)).as("not kept").isEmpty();
            assertThatThrownBy(() -> store.watch("/a/", 1)).isInstanceOf(Compacted.class);
            try (var watch = store.watch("/a/", 2)) {
                assertThat(watch.poll(9)).hasSize(1);
            }
        }
    }

    @Test
    void refusesOnceItIsClosed() {
        var store = Store.simulated(TIME, NOTHING);
        store.close();
        assertThatThrownBy(() -> write(store, "/a/1", 0)).isInstanceOf(StoreFailure.class);
    }

    private static Result write(Store store, String key, long expected) {
        var body = Body.of("{}".getBytes(StandardCharsets.UTF_8));
        return store.write(List.of(new Write(key, expected, false, body)));
    }
}

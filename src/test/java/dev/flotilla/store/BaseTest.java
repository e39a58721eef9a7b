package dev.flotilla.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

class BaseTest {
    private final Base base = new Base(4);

    @Test
    void movesOnlyWhenItLagsFarEnough() {
        base.restart(0);
        base.took(List.of(put("a", 1), put("b", 2), put("c", 3)));
        assertThat(base.due()).isFalse();
        base.took(List.of(put("d", 4)));
        assertThat(base.due()).isTrue();
    }

    @Test
    void movesInStepsAndIsWholeOnlyAfterTheLast() {
        base.restart(0);
        base.took(List.of(put("a", 1), put("b", 2), put("a", 3), ended("b", 4), put("c", 5)));
        var table = new java.util.HashMap<String, Long>();
        table.putAll(base.step(2));
        assertThat(base.revision()).isZero();
        base.took(List.of(put("a", 6))); // comes in between: for the next time
        assertThat(base.due()).isTrue();
        table.putAll(base.step(2));
        assertThat(base.revision()).isEqualTo(5);
        assertThat(base.due()).isFalse();
        assertThat(table).isEqualTo(Map.of("a", 3L, "b", 0L, "c", 5L));
        assertThat(base.step(2)).isEqualTo(Map.of("a", 6L));
        assertThat(base.revision()).isEqualTo(6);
    }

    @Test
    void beginsAnewFromWhatTheTableHolds() {
        base.restart(0);
        base.took(List.of(put("a", 1)));
        base.restart(7);
        assertThat(base.revision()).isEqualTo(7);
        assertThat(base.step(9)).isEmpty();
    }

    private static Entry put(String key, long revision) {
        return new Entry(key, revision, 0, revision, false, Instant.EPOCH, new byte[0]);
    }

    private static Entry ended(String key, long revision) {
        return new Entry(key, revision, 0, revision, true, Instant.EPOCH, new byte[0]);
    }
}

package dev.flotilla.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

class BaseTest {
    private final Base base = new Base(4);

    @Test
    void movesOnlyWhenItLagsFarEnough() {
        base.restart(0);
        base.took(List.of(put(1, 0), put(2, 0), put(3, 0)));
        assertThat(base.due()).isFalse();
        base.took(List.of(put(4, 0)));
        assertThat(base.due()).isTrue();
    }

    @Test
    void movesInStepsAndIsWholeOnlyAfterTheLast() {
        base.restart(0);
        var table = new TreeSet<Long>();
        // one key is put at 1 and again at 3, another is put at 2 and ends at 4
        base.took(List.of(put(1, 0), put(2, 0), put(3, 1), ended(4, 2), put(5, 0)));
        move(table, 1);
        assertThat(base.revision()).isZero();
        base.took(List.of(put(6, 3))); // comes in between: for the next time
        assertThat(base.due()).isTrue();
        move(table, 2);
        assertThat(base.revision()).isEqualTo(5);
        assertThat(base.due()).isFalse();
        assertThat(table).containsExactly(3L, 5L);
        move(table, 2);
        assertThat(base.revision()).isEqualTo(6);
        assertThat(table).containsExactly(5L, 6L);
    }

    @Test
    void namesNothingThatCameAndWentMeanwhile() {
        base.restart(0);
        base.took(List.of(put(1, 0), put(2, 1), ended(3, 2)));
        assertThat(base.step(9).isEmpty()).isTrue();
        assertThat(base.revision()).isEqualTo(3);
    }

    @Test
    void beginsAnewFromWhatTheTableHolds() {
        base.restart(0);
        base.took(List.of(put(1, 0)));
        base.restart(7);
        assertThat(base.revision()).isEqualTo(7);
        assertThat(base.step(9).isEmpty()).isTrue();
    }

    private void move(TreeSet<Long> table, int limit) {
        var step = base.step(limit);
        table.addAll(step.live());
        step.ended().forEach(r -> assertThat(table.remove(r)).isTrue());
    }

    private static Entry put(long revision, long previous) {
        return new Entry("k", revision, previous, 1, false, Instant.EPOCH, new byte[0]);
    }

    private static Entry ended(long revision, long previous) {
        return new Entry("k", revision, previous, 1, true, Instant.EPOCH, new byte[0]);
    }
}

package dev.flotilla.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class CompactionTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    // a is put at 1, put again at 3 and ended at 4; b is put at 2 and lives
    private static final List<Compaction.Row> ROWS =
            List.of(row(1, 0, false), row(2, 0, false), row(3, 1, false), row(4, 3, true));

    @Test
    void whatIsYoungAndLightStays() {
        assertThat(Compaction.plan(0, 0, ROWS, 4, NOON, 0))
                .isEqualTo(new Compaction(0, 0, List.of()));
    }

    @Test
    void whatIsOldGoesButForTheLive() {
        assertThat(Compaction.plan(0, 0, ROWS, 4, NOON.plusSeconds(9), 0))
                .isEqualTo(new Compaction(4, 40, List.of(1L, 3L, 4L)));
    }

    @Test
    void ageCutsAtTheFirstYoungRow() {
        assertThat(Compaction.plan(0, 0, ROWS, 4, NOON.plusSeconds(3), 0))
                .isEqualTo(new Compaction(2, 20, List.of()));
    }

    @Test
    void weightCutsWhatIsTooMuchWhateverItsAge() {
        assertThat(Compaction.plan(0, 0, ROWS, 4, NOON, 35))
                .isEqualTo(new Compaction(3, 30, List.of(1L)));
    }

    @Test
    void theLimitIsNotPassed() {
        assertThat(Compaction.plan(0, 0, ROWS, 3, NOON.plus(Duration.ofDays(1)), 0))
                .isEqualTo(new Compaction(3, 30, List.of(1L)));
    }

    @Test
    void aRowLiveAtAnEarlierCompactionGoesWithItsSuccessor() {
        assertThat(Compaction.plan(3, 30, ROWS.subList(3, 4), 4, NOON.plusSeconds(9), 0))
                .isEqualTo(new Compaction(4, 40, List.of(3L, 4L)));
    }

    private static Compaction.Row row(long revision, long previous, boolean deleted) {
        return new Compaction.Row(
                revision, previous, deleted, NOON.plusSeconds(revision), revision * 10);
    }
}

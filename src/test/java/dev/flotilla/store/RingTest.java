package dev.flotilla.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.stream.LongStream;

class RingTest {
    @Test
    void keepsTheNewestByNumber() {
        var ring = new Ring(4, Long.MAX_VALUE);
        LongStream.rangeClosed(1, 10).forEach(r -> ring.add(entry(r, 10)));
        assertThat(held(ring)).containsExactly(7, 8, 9, 10);
    }

    @Test
    void keepsTheNewestByWeightAndAlwaysTheLast() {
        var ring = new Ring(8, 3_000);
        LongStream.rangeClosed(1, 5).forEach(r -> ring.add(entry(r, 900)));
        assertThat(held(ring)).containsExactly(3, 4, 5);
        ring.add(entry(6, 50_000));
        assertThat(held(ring)).containsExactly(6);
        ring.add(entry(7, 900));
        assertThat(held(ring)).containsExactly(7);
    }

    @Test
    void beginsAnywhere() {
        var ring = new Ring(4, Long.MAX_VALUE);
        LongStream.rangeClosed(1_001, 1_003).forEach(r -> ring.add(entry(r, 1)));
        assertThat(ring.get(1_000)).isNull();
        assertThat(ring.get(1_001)).isNotNull();
        assertThat(ring.get(1_004)).isNull();
    }

    private static long[] held(Ring ring) {
        return LongStream.rangeClosed(1, 20).filter(r -> ring.get(r) != null).toArray();
    }

    private static Entry entry(long revision, int bytes) {
        return new Entry("/k", revision, 0, revision, false, Instant.EPOCH, new byte[bytes]);
    }
}

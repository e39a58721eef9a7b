package dev.flotilla.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// How long after it was sent each change came to one watcher. A change bears the moment in its
/// name: `at-NANOS-PHASE-NUMBER`.
final class Delays {
    private static final byte[] MARK = "\"name\":\"at-".getBytes(StandardCharsets.US_ASCII);

    /// A change's name stands at the beginning of its line, mostly where it stood in the last.
    private static final int NEAR = 200;

    private int place;
    private final byte phase;
    private final LongAdder all;
    private long[] nanos = new long[16_384];
    private int count;

    /// @param phase the first letter of the phase that counts
    /// @param all counts for all watchers
    Delays(char phase, LongAdder all) {
        this.phase = (byte) phase;
        this.all = all;
    }

    static String name(String phase, long number) {
        return "at-%d-%s-%d".formatted(System.nanoTime(), phase, number);
    }

    /// Takes the line at `from <= i < to`, now and not later.
    void line(byte[] bytes, int from, int to) {
        int last = Math.min(NEAR, to - from - MARK.length);
        if (place >= last || !isMarked(bytes, from + place)) {
            for (place = 0; place < last && !isMarked(bytes, from + place); place++) {}
        }
        if (place < last) {
            take(bytes, from + place + MARK.length);
        }
    }

    private static boolean isMarked(byte[] bytes, int at) {
        return Arrays.equals(bytes, at, at + MARK.length, MARK, 0, MARK.length);
    }

    private void take(byte[] bytes, int from) {
        long sent = 0;
        int at = from;
        for (; bytes[at] != '-'; at++) {
            sent = sent * 10 + (bytes[at] - '0');
        }
        if (bytes[at + 1] != phase) {
            return;
        }
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = System.nanoTime() - sent;
        all.increment();
    }

    /// Of all watchers, in order; once they have ended.
    static long[] sorted(List<Delays> watchers) {
        return watchers.stream()
                .flatMapToLong(d -> Arrays.stream(d.nanos, 0, d.count))
                .sorted()
                .toArray();
    }
}

package dev.flotilla.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/// Creates one after the other from many callers: over a connection each, or over one that they
/// share as the callers of one Go client do.
///
/// @param connections how many
/// @param callers of each connection
record Load(Target target, int connections, int callers) {
    private static final int MOST = 120_000;

    /// What came of it: nanoseconds of each create, in order.
    @SuppressWarnings("ArrayRecordComponent") // compared by none
    record Seen(long[] nanos, Duration length) {
        double perSecond() {
            return nanos.length * 1e9 / length.toNanos();
        }

        double millis(int percent) {
            return nanos.length == 0
                    ? Double.NaN
                    : nanos[Math.min(nanos.length - 1, nanos.length * percent / 100)] / 1e6;
        }
    }

    /// @param body the object of a number, never the same
    Seen run(String path, LongFunction<String> body, Duration length) throws Exception {
        long end = System.nanoTime() + length.toNanos();
        var all = new ArrayList<Future<long[]>>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int c = 0; c < connections; c++) {
                long first = (long) c << 32;
                Callable<long[]> one = () -> one(path, n -> body.apply(first + n), end);
                all.add(threads.submit(one));
            }
        }
        var nanos = new ArrayList<long[]>();
        for (var each : all) {
            nanos.add(each.get());
        }
        return new Seen(nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray(), length);
    }

    private long[] one(String path, LongFunction<String> body, long end) throws IOException {
        try (var line = target.line()) {
            var run = new Run(line, line.head("POST", path), body, end);
            return run.go(callers);
        }
    }

    /// One connection's callers, all in one thread.
    private static final class Run implements Line.Answers {
        private final Line line;
        private final byte[] head;
        private final LongFunction<String> body;
        private final long end;
        private final Map<Integer, Long> began = new HashMap<>();
        private long[] nanos = new long[1 << 12];
        private int count;
        private long made;

        Run(Line line, byte[] head, LongFunction<String> body, long end) {
            this.line = line;
            this.head = head;
            this.body = body;
            this.end = end;
        }

        long[] go(int callers) throws IOException {
            for (int i = 0; i < callers; i++) {
                next();
            }
            while (!began.isEmpty()) {
                if (line.isQuiet()) {
                    line.flush();
                }
                line.read(this);
            }
            return Arrays.copyOf(nanos, count);
        }

        private void next() throws IOException {
            var bytes = body.apply(made++).getBytes(StandardCharsets.UTF_8);
            began.put(line.send(head, bytes), System.nanoTime());
        }

        @Override
        public void part(int stream, byte[] bytes, int length) {}

        @Override
        public void end(int stream, int status) throws IOException {
            if (status != 201) {
                throw new IOException("a create was answered with " + status);
            }
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            long now = System.nanoTime();
            nanos[count++] = now - began.remove(stream);
            if (now < end) {
                next();
            }
        }
    }

    /// Warms up until the rate is level: ten seconds no faster than the ten before, at least three
    /// of them and at most nine, and until there are so many objects that a server's memory would
    /// be what is measured.
    void warm(String path, LongFunction<String> body) throws Exception {
        double best = 0;
        int made = 0;
        var rates = new ArrayList<Long>();
        for (int i = 0; i < 9; i++) {
            long round = (long) i << 40;
            var seen = run(path, n -> body.apply(round + n), Duration.ofSeconds(10));
            rates.add(Math.round(seen.perSecond()));
            made += seen.nanos().length;
            boolean level = i >= 2 && seen.perSecond() < best * 1.03;
            if (level || made > MOST) {
                break;
            }
            best = Math.max(best, seen.perSecond());
        }
        System.out.println("  warming up, creates/s: " + List.copyOf(rates));
    }
}

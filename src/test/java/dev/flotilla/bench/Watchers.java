package dev.flotilla.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/// Watches of one kind, on a connection each or many on one, that look at each event's bytes where
/// they came in: one thread a connection.
final class Watchers implements AutoCloseable {
    private final List<Delays> all = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final LongAdder seen = new LongAdder();

    /// Begins them, and waits until each has been answered.
    ///
    /// @param path with `watch=true`
    /// @param first the first letter of the phase that counts
    Watchers(Target target, int connections, int each, String path, char first)
            throws IOException, InterruptedException {
        var ready = new CountDownLatch(connections * each);
        for (int c = 0; c < connections; c++) {
            var line = target.line();
            lines.add(line);
            var streams = new HashMap<Integer, Stream>();
            for (int i = 0; i < each; i++) {
                var delays = new Delays(first, seen);
                all.add(delays);
                streams.put(
                        line.send(line.head("GET", path), new byte[0]), new Stream(delays, ready));
            }
            line.flush();
            Thread.ofPlatform().daemon().start(() -> read(line, streams));
        }
        ready.await();
    }

    private static void read(Line line, Map<Integer, Stream> streams) {
        try {
            while (true) {
                line.read(
                        new Line.Answers() {
                            @Override
                            public void part(int stream, byte[] bytes, int length) {
                                streams.get(stream).take(bytes, length);
                            }

                            @Override
                            public void end(int stream, int status) {
                                System.out.println("a watch ended with " + status);
                            }
                        });
            }
        } catch (IOException e) {
            // The server was ended, or the watches.
        }
    }

    /// Of all watches.
    long seen() {
        return seen.sum();
    }

    /// In order; once they have ended.
    long[] sorted() {
        return Delays.sorted(all);
    }

    @Override
    public void close() throws IOException {
        for (var line : lines) {
            line.close();
        }
    }

    /// One watch: lines, whatever parts they come in.
    private static final class Stream {
        private final Delays delays;
        private final CountDownLatch ready;
        private boolean begun;
        private byte[] held = new byte[1 << 12];
        private int count;

        Stream(Delays delays, CountDownLatch ready) {
            this.delays = delays;
            this.ready = ready;
        }

        void take(byte[] bytes, int length) {
            if (!begun) {
                begun = true;
                ready.countDown();
            }
            int from = 0;
            for (int at = 0; at < length; at++) {
                if (bytes[at] != '\n') {
                    continue;
                }
                if (count == 0) {
                    delays.line(bytes, from, at);
                } else {
                    hold(bytes, from, at);
                    delays.line(held, 0, count);
                    count = 0;
                }
                from = at + 1;
            }
            hold(bytes, from, length);
        }

        private void hold(byte[] bytes, int from, int to) {
            if (count + to - from > held.length) {
                held = Arrays.copyOf(held, 2 * (count + to - from));
            }
            System.arraycopy(bytes, from, held, count, to - from);
            count += to - from;
        }
    }
}

package dev.flotilla.simulate;

import dev.flotilla.cluster.PodStreams.Output;
import dev.flotilla.node.stream.LogAsk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.List;

/// What a simulated container can say of itself: when it began and how it ended. Guarded by its own
/// monitor.
final class SimulatedLog {
    private static final int MOST_LINES = 40;
    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'")
                    .withZone(ZoneOffset.UTC);

    private final ArrayDeque<Line> lines = new ArrayDeque<>();
    private int run;
    private boolean running;

    private record Line(int run, Instant at, String text) {
        byte[] bytes(boolean timestamp) {
            var whole = (timestamp ? NANOS.format(at) + " " : "") + text + "\n";
            return whole.getBytes(StandardCharsets.UTF_8);
        }
    }

    synchronized void began(Instant at, String image) {
        run++;
        running = true;
        add(at, "simulated: %s is said to run here, and writes nothing".formatted(image));
    }

    synchronized void ended(Instant at, int exitCode) {
        if (running) {
            running = false;
            add(at, "simulated: ended with exit code " + exitCode);
        }
        notifyAll();
    }

    private void add(Instant at, String text) {
        lines.add(new Line(run, at, text));
        while (lines.size() > MOST_LINES) {
            lines.remove();
        }
        notifyAll();
    }

    /// See [dev.flotilla.node.stream.ContainerStreams#log].
    void write(LogAsk ask, OutputStream out) throws IOException, InterruptedException {
        var options = ask.options();
        if (options.output() == Output.STDERR) {
            return;
        }
        int wanted;
        List<Line> all;
        synchronized (this) {
            wanted = ask.previous() ? run - 1 : run;
            all = of(wanted, 0);
        }
        var tail = options.tailLines();
        long skip = tail == null ? 0 : Math.max(0, all.size() - tail);
        int told = all.size();
        for (var line : all.subList((int) skip, all.size())) {
            var since = options.since();
            if (since == null || !line.at.isBefore(since)) {
                out.write(line.bytes(options.timestamps()));
            }
        }
        while (options.follow() && goesOn(wanted, told)) {
            for (var line : of(wanted, told)) {
                out.write(line.bytes(options.timestamps()));
                told++;
            }
        }
    }

    private synchronized List<Line> of(int wanted, int from) {
        return lines.stream().filter(l -> l.run == wanted).skip(from).toList();
    }

    /// Waits for a line after so many of that run.
    ///
    /// @return whether there is one
    private synchronized boolean goesOn(int wanted, int told) throws InterruptedException {
        while (run == wanted && running && of(wanted, told).isEmpty()) {
            wait();
        }
        return !of(wanted, told).isEmpty();
    }
}

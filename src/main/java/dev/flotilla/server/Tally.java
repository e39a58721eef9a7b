package dev.flotilla.server;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/// Counts what was asked and answered, in Prometheus' text format.
final class Tally {
    private final Map<Line, LongAdder> requests = new ConcurrentHashMap<>();
    private final LongAdder seconds = new LongAdder();
    private final IntSupplier openWatches;

    private record Line(String method, int code) {}

    Tally(IntSupplier openWatches) {
        this.openWatches = openWatches;
    }

    void count(String method, int code, long nanos) {
        // Methods are the client's to invent; lines are not.
        var known =
                switch (method) {
                    case "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD" -> method;
                    default -> "other";
                };
        requests.computeIfAbsent(new Line(known, code), _ -> new LongAdder()).increment();
        seconds.add(nanos);
    }

    String text() {
        var text = new StringBuilder();
        head(text, "flotilla_requests_total", "counter", "Requests answered.");
        var sorted = new TreeMap<String, Long>();
        requests.forEach(
                (line, n) ->
                        sorted.put(
                                "flotilla_requests_total{method=\"%s\",code=\"%d\"}"
                                        .formatted(line.method(), line.code()),
                                n.sum()));
        sorted.forEach((line, n) -> text.append(line).append(' ').append(n).append('\n'));
        head(text, "flotilla_request_seconds_total", "counter", "Time spent on answers.");
        text.append("flotilla_request_seconds_total ").append(seconds.sum() / 1e9).append('\n');
        head(text, "flotilla_open_watches", "gauge", "Watches that are open now.");
        text.append("flotilla_open_watches ").append(openWatches.getAsInt()).append('\n');
        var memory = Runtime.getRuntime();
        head(text, "flotilla_heap_used_bytes", "gauge", "Memory that the master's objects take.");
        text.append("flotilla_heap_used_bytes ")
                .append(memory.totalMemory() - memory.freeMemory())
                .append('\n');
        return text.toString();
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}

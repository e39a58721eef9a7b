package dev.flotilla.server.measure;

import dev.flotilla.server.call.Asked;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Counts what was asked and answered, under the names that Kubernetes' API server gives it.
public final class Tally {
    private static final double[] BOUNDS = {
        0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30,
        45, 60
    };

    /// More are only made up by clients.
    private static final int MOST_SHAPES = 4096;

    private static final Set<String> METHODS =
            Set.of("get", "head", "post", "put", "patch", "delete", "options");

    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<String, Times> times = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> longRunning = new ConcurrentHashMap<>();
    private final AtomicInteger reading = new AtomicInteger();
    private final AtomicInteger writing = new AtomicInteger();
    private final Set<String> known;
    private final Map<Shape, String> labels = new ConcurrentHashMap<>();

    /// What of a request its labels tell.
    private record Shape(
            String verb,
            String group,
            String version,
            String resource,
            String subresource,
            String scope) {}

    private static final class Times {
        final LongAdder[] below = new LongAdder[BOUNDS.length + 1];
        final LongAdder nanos = new LongAdder();

        Times() {
            for (int i = 0; i < below.length; i++) {
                below[i] = new LongAdder();
            }
        }

        void add(long took) {
            int i = 0;
            while (i < BOUNDS.length && (double) took / 1e9 > BOUNDS[i]) {
                i++;
            }
            below[i].increment();
            nanos.add(took);
        }
    }

    /// @param known each resource there is, as `group/version/plural`: what clients make up gets no
    ///   line of its own
    public Tally(Set<String> known) {
        this.known = Set.copyOf(known);
    }

    public void begin(Asked asked, boolean isLong) {
        inFlight(asked, isLong).incrementAndGet();
    }

    /// @param nanos it took
    public void end(Asked asked, boolean isLong, int code, long nanos) {
        inFlight(asked, isLong).decrementAndGet();
        var labels = labels(asked);
        requests.computeIfAbsent(
                        Metrics.labels("code", Integer.toString(code)) + "," + labels,
                        _ -> new LongAdder())
                .increment();
        if (!isLong) {
            times.computeIfAbsent(labels, _ -> new Times()).add(nanos);
        }
    }

    private AtomicInteger inFlight(Asked asked, boolean isLong) {
        if (isLong) {
            return longRunning.computeIfAbsent(labels(asked), _ -> new AtomicInteger());
        }
        return asked.isWrite() ? writing : reading;
    }

    private String labels(Asked asked) {
        var shape =
                new Shape(
                        asked.verb(),
                        asked.group(),
                        asked.version(),
                        asked.resource(),
                        asked.subresource(),
                        asked.scope());
        var made = labels.get(shape);
        return made != null ? made : made(asked, shape);
    }

    private String made(Asked asked, Shape shape) {
        var text = text(asked);
        if (labels.size() < MOST_SHAPES) {
            labels.put(shape, text);
        }
        return text;
    }

    private String text(Asked asked) {
        var there = known.contains(asked.group() + "/" + asked.version() + "/" + asked.resource());
        return Metrics.labels(
                "component",
                "apiserver",
                "group",
                there ? asked.group() : "",
                "resource",
                there ? asked.resource() : "",
                "scope",
                there ? asked.scope() : "",
                "subresource",
                there ? subresource(asked) : "",
                "verb",
                verb(asked),
                "version",
                there ? asked.version() : "");
    }

    private static String subresource(Asked asked) {
        return switch (asked.subresource()) {
            case "",
                    "status",
                    "scale",
                    "binding",
                    "eviction",
                    "log",
                    "exec",
                    "attach",
                    "portforward",
                    "finalize" ->
                    asked.subresource();
            default -> "other";
        };
    }

    private static String verb(Asked asked) {
        return switch (asked.verb()) {
            case "create" -> "POST";
            case "update" -> "PUT";
            case "list" -> "LIST";
            case "watch" -> "WATCH";
            case "deletecollection" -> "DELETECOLLECTION";
            case String s when METHODS.contains(s) -> s.toUpperCase(Locale.ROOT);
            default -> "other";
        };
    }

    void write(Metrics out) {
        out.head("apiserver_request_total", "counter", "Requests answered.");
        new TreeMap<>(requests)
                .forEach((labels, n) -> out.line("apiserver_request_total", labels, n.sum()));
        out.head(
                "apiserver_request_duration_seconds",
                "histogram",
                "How long answers took, but for those that go on, such as watches.");
        new TreeMap<>(times).forEach((labels, t) -> histogram(out, labels, t));
        out.head("apiserver_longrunning_requests", "gauge", "Answers that go on, now.");
        new TreeMap<>(longRunning)
                .forEach(
                        (labels, n) -> out.line("apiserver_longrunning_requests", labels, n.get()));
        out.head("apiserver_current_inflight_requests", "gauge", "Requests being served, now.");
        out.line(
                "apiserver_current_inflight_requests",
                Metrics.labels("request_kind", "mutating"),
                writing.get());
        out.line(
                "apiserver_current_inflight_requests",
                Metrics.labels("request_kind", "readOnly"),
                reading.get());
    }

    private static void histogram(Metrics out, String labels, Times times) {
        var name = "apiserver_request_duration_seconds";
        long count = 0;
        for (int i = 0; i < BOUNDS.length; i++) {
            count += times.below[i].sum();
            var bound = BOUNDS[i] == Math.rint(BOUNDS[i]) ? "" + (long) BOUNDS[i] : "" + BOUNDS[i];
            out.line(name + "_bucket", labels + "," + Metrics.labels("le", bound), count);
        }
        count += times.below[BOUNDS.length].sum();
        out.line(name + "_bucket", labels + "," + Metrics.labels("le", "+Inf"), count);
        out.line(name + "_sum", labels, (double) times.nanos.sum() / 1e9);
        out.line(name + "_count", labels, count);
    }
}

package dev.flotilla.cluster;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Tells people what a loop did and why, as core/v1 Events. The same thing about the same object
/// within ten minutes is one Event that counts.
///
/// No loop waits for its log: events are written behind it, some at a time, in order for each
/// object. One that can't be written is dropped, and so are those that come while very many wait.
public final class EventRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final Duration SERIES = Duration.ofMinutes(10);
    private static final int REMEMBERED = 4096;
    private static final int MOST_WAITING = 20_000;
    private static final int AT_ONCE = 16;

    private final Cluster cluster;
    private final InstantSource time;
    private final RandomGenerator random;
    private final String component;
    private final Executor executor;
    private final Supplier<Duration> rest;

    /// Guards `latest`, `random`, `waiting` and `writing`.
    private final ReentrantLock memory = new ReentrantLock();

    private final Queue<Told> waiting = new ArrayDeque<>();
    private boolean writing;

    private final Map<What, Event> latest =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<What, Event> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /// @param component who tells, such as `default-scheduler`
    /// @param executor where events are written; a simulation writes them where they are told
    public EventRecorder(
            Cluster cluster,
            InstantSource time,
            RandomGenerator random,
            String component,
            Executor executor) {
        this(cluster, time, random, component, executor, () -> Duration.ZERO);
    }

    /// @param component who tells, such as `default-scheduler`
    /// @param executor where events are written
    /// @param rest how long to wait before any more are written, while others have more urgent
    ///   things to write, see [Rush]
    public EventRecorder(
            Cluster cluster,
            InstantSource time,
            RandomGenerator random,
            String component,
            Executor executor,
            Supplier<Duration> rest) {
        this.executor = executor;
        this.rest = rest;
        this.cluster = cluster;
        this.time = time;
        this.random = random;
        this.component = component;
    }

    /// What went as it should.
    ///
    /// @param reason CamelCase, such as `SuccessfulCreate`
    public void normal(HasMetadata about, String reason, String message) {
        tell(about, "Normal", reason, message);
    }

    /// What a person may want to look at.
    ///
    /// @param reason CamelCase, such as `FailedScheduling`
    public void warning(HasMetadata about, String reason, String message) {
        tell(about, "Warning", reason, message);
    }

    private void tell(HasMetadata about, String type, String reason, String message) {
        var now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        var what = new What(about.getMetadata().getUid(), type, reason, message);
        if (isFirst(new Told(about, what, now))) {
            executor.execute(this::writeWaiting);
        }
    }

    /// @return whether nobody writes yet
    private boolean isFirst(Told told) {
        memory.lock();
        try {
            if (waiting.size() >= MOST_WAITING) {
                LOG.debug("an event is dropped, too many wait: {}", told.what);
                return false;
            }
            waiting.add(told);
            boolean first = !writing;
            writing = true;
            return first;
        } finally {
            memory.unlock();
        }
    }

    private void writeWaiting() {
        var wait = rest.get();
        while (wait.isZero()) {
            var some = next();
            if (some.isEmpty()) {
                return;
            }
            write(some);
            wait = rest.get();
        }
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(this::writeWaiting);
    }

    private void write(List<Told> some) {
        var byObject =
                some.stream()
                        .collect(groupingBy(t -> t.what.object(), LinkedHashMap::new, toList()));
        var begun =
                byObject.values().stream()
                        .map(
                                of ->
                                        CompletableFuture.runAsync(
                                                () -> of.forEach(this::write), executor))
                        .toList();
        for (var each : begun) {
            try {
                each.join();
            } catch (CompletionException e) {
                LOG.debug("events were dropped", e);
            }
        }
    }

    /// @return none when nobody writes any more
    private List<Told> next() {
        memory.lock();
        try {
            var some = new ArrayList<Told>();
            while (some.size() < AT_ONCE && !waiting.isEmpty()) {
                some.add(waiting.remove());
            }
            writing = !some.isEmpty();
            return some;
        } finally {
            memory.unlock();
        }
    }

    private void write(Told told) {
        var about = told.about;
        var what = told.what;
        var now = told.at;
        var before = remembered(what);
        if (before != null && now.isBefore(Instant.parse(before.getLastTimestamp()).plus(SERIES))) {
            if (cluster.update(before, counted(before, now)) instanceof Written.Done<Event> done) {
                remember(what, done.object());
                return;
            }
        }
        if (cluster.create(first(about, what, now)) instanceof Written.Done<Event> done) {
            remember(what, done.object());
        }
    }

    private static Event counted(Event before, Instant now) {
        return new EventBuilder(before)
                .withCount(before.getCount() + 1)
                .withLastTimestamp(now.toString())
                .build();
    }

    private Event first(HasMetadata about, What what, Instant now) {
        var object = reference(about);
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(object.getNamespace() == null ? "default" : object.getNamespace())
                .withName(object.getName() + "." + suffix())
                .endMetadata()
                .withInvolvedObject(object)
                .withType(what.type)
                .withReason(what.reason)
                .withMessage(what.message)
                .withNewSource()
                .withComponent(component)
                .endSource()
                .withReportingComponent(component)
                .withReportingInstance("")
                .withFirstTimestamp(now.toString())
                .withLastTimestamp(now.toString())
                .withCount(1)
                .build();
    }

    private static ObjectReference reference(HasMetadata about) {
        var meta = about.getMetadata();
        return new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(meta.getNamespace())
                .withName(meta.getName())
                .withUid(meta.getUid())
                .withResourceVersion(meta.getResourceVersion())
                .build();
    }

    private String suffix() {
        memory.lock();
        try {
            return "%016x".formatted(random.nextLong());
        } finally {
            memory.unlock();
        }
    }

    private @Nullable Event remembered(What what) {
        memory.lock();
        try {
            return latest.get(what);
        } finally {
            memory.unlock();
        }
    }

    private void remember(What what, Event event) {
        memory.lock();
        try {
            latest.put(what, event);
        } finally {
            memory.unlock();
        }
    }

    private record What(@Nullable String uid, String type, String reason, String message) {
        String object() {
            return String.valueOf(uid);
        }
    }

    private record Told(HasMetadata about, What what, Instant at) {}
}

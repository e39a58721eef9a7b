package dev.flotilla.remote.container;

import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.transport.DockerHttpClient;

import dev.flotilla.node.ContainerRuntime.Death;
import dev.flotilla.node.ContainerRuntime.Happening;
import dev.flotilla.node.ContainerRuntime.Subscription;
import dev.flotilla.node.PodLabels;
import dev.flotilla.remote.engine.Engine;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// `docker events` of our containers on a virtual thread of its own, opened anew whenever it
/// breaks.
final class EventStream implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private static final String FILTERS =
            ("{\"type\":[\"container\"],\"label\":[\"%s\"],\"event\":[\"create\",\"start\",\"die\","
                            + "\"oom\",\"destroy\",\"pause\",\"unpause\"]}")
                    .formatted(PodLabels.UID);

    private final Engine engine;
    private final Consumer<Happening> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private DockerHttpClient.@Nullable Response open;
    private boolean closed;

    /// Ids of containers whose memory was short; of the reading thread alone.
    private final Set<String> starved = new HashSet<>();

    EventStream(Engine engine, Consumer<Happening> listener) {
        this.engine = engine;
        this.listener = listener;
    }

    EventStream start() {
        Thread.ofVirtual().name("events of " + engine.where()).start(this::run);
        return this;
    }

    private void run() {
        var pause = FIRST_PAUSE;
        while (!restOrClosed(Duration.ZERO)) {
            try (var response = engine.raw("tell of events", "GET", path())) {
                if (!taken(response)) {
                    return;
                }
                pause = FIRST_PAUSE;
                tell(new Happening(""));
                read(response);
            } catch (IOException | RuntimeException e) {
                LOG.debug("events of {} broke", engine.where(), e);
            }
            if (restOrClosed(pause)) {
                return;
            }
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static String path() {
        return "/events?filters=" + URLEncoder.encode(FILTERS, StandardCharsets.UTF_8);
    }

    private void read(DockerHttpClient.Response response) throws IOException {
        try (var events =
                engine.json().readerFor(Event.class).<Event>readValues(response.getBody())) {
            while (events.hasNextValue()) {
                var event = events.nextValue();
                tell(happening(event, ranOutOfMemory(event)));
            }
        }
    }

    /// An engine says first that the kernel ended something, then that the container ended.
    private boolean ranOutOfMemory(Event event) {
        var actor = event.getActor();
        var id = actor == null ? null : actor.getId();
        if (id == null) {
            return false;
        }
        return switch (String.valueOf(event.getAction())) {
            case "oom" -> !starved.add(id);
            case "die", "destroy", "start" -> starved.remove(id);
            default -> false;
        };
    }

    static Happening happening(Event event, boolean outOfMemory) {
        var actor = event.getActor();
        var attributes = actor == null ? null : actor.getAttributes();
        if (actor == null || attributes == null) {
            return new Happening("");
        }
        var uid = attributes.getOrDefault(PodLabels.UID, "");
        var exitCode = attributes.get("exitCode");
        var id = actor.getId();
        if (!"die".equals(event.getAction()) || exitCode == null || id == null) {
            return new Happening(uid);
        }
        var nanos = event.getTimeNano();
        var at = nanos == null ? Instant.EPOCH : Instant.ofEpochSecond(0, nanos);
        return new Happening(uid, new Death(id, Integer.parseInt(exitCode), outOfMemory, at));
    }

    private void tell(Happening happening) {
        try {
            listener.accept(happening);
        } catch (RuntimeException e) {
            LOG.error("A listener to events of {} failed", engine.where(), e);
        }
    }

    private boolean taken(DockerHttpClient.Response response) {
        lock.lock();
        try {
            open = response;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean restOrClosed(Duration pause) {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
            return closed;
        } catch (InterruptedException e) {
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        DockerHttpClient.Response last;
        lock.lock();
        try {
            closed = true;
            last = open;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.close();
        }
    }
}

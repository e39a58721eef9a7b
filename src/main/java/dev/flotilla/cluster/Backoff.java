package dev.flotilla.cluster;

import dev.flotilla.model.ObjectKey;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How long to wait after a key failed again: 100 ms, doubled each time, at most a minute. Each
/// distinct message is logged once.
final class Backoff {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final String loop;
    private final Map<ObjectKey, Failure> failures = new ConcurrentHashMap<>();

    Backoff(String loop) {
        this.loop = loop;
    }

    Duration failed(ObjectKey key, RuntimeException cause) {
        var message = String.valueOf(cause);
        var before = failures.get(key);
        if (before == null || !before.message.equals(message)) {
            LOG.warn("{}: {} failed and is tried again", loop, key, cause);
        }
        return wait(key, before, message);
    }

    /// As [#failed], and says nothing: who was refused has told why.
    Duration refused(ObjectKey key) {
        return wait(key, failures.get(key), "refused");
    }

    private Duration wait(ObjectKey key, @Nullable Failure before, String message) {
        int times = before == null ? 1 : before.times + 1;
        failures.put(key, new Failure(times, message));
        var wait = FIRST.multipliedBy(1L << Math.min(times - 1, 16));
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }

    void succeeded(ObjectKey key) {
        failures.remove(key);
    }

    private record Failure(int times, String message) {}
}

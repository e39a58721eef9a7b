package dev.flotilla.server.stream;

import dev.flotilla.cluster.PodStreams.Size;
import dev.flotilla.cluster.PodStreams.Sizes;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.InputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The newest size that a client told; those that nobody asked for in time are forgotten.
final class LatestSize implements Sizes {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Size size;
    private boolean ended;

    /// Takes sizes from a client until it says no more, on a thread of its own.
    static Sizes from(@Nullable InputStream said) {
        var sizes = new LatestSize();
        if (said == null) {
            sizes.end();
        } else {
            Thread.ofVirtual().name("terminal sizes").start(() -> sizes.read(said));
        }
        return sizes;
    }

    private void read(InputStream said) {
        try (var all = JsonMapper.shared().readerFor(JsonNode.class).<JsonNode>readValues(said)) {
            while (all.hasNextValue()) {
                var next = all.nextValue();
                put(new Size(next.path("Width").asInt(0), next.path("Height").asInt(0)));
            }
        } catch (JacksonException _) {
            // As in Kubernetes: what is no size ends them, and the process goes on.
        } finally {
            end();
        }
    }

    private void put(Size next) {
        lock.lock();
        try {
            size = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Size next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (size == null && !ended) {
                changed.await();
            }
            var next = size;
            size = null;
            return next;
        } finally {
            lock.unlock();
        }
    }
}

package dev.flotilla.cluster;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs what was added, in that order, one at a time, on whichever thread comes first.
///
/// A flag instead of a lock, so a listener that itself pumps adds to the queue and never waits.
final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();

    void add(Runnable delivery) {
        waiting.add(delivery);
    }

    void run() {
        while (!waiting.isEmpty() && running.compareAndSet(false, true)) {
            try {
                for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                    deliver(next);
                }
            } finally {
                running.set(false);
            }
        }
    }

    private static void deliver(Runnable delivery) {
        try {
            delivery.run();
        } catch (RuntimeException e) {
            LOG.error("a listener failed on a change; the other listeners go on", e);
        }
    }
}

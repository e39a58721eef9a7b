package dev.flotilla.node.health;

import dev.flotilla.cluster.Informer;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.Node;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Says of nodes that nobody is attached to that nothing is known of them: those not reached since
/// this master began, and those detached.
public final class Absentees implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Absentees.class);

    /// Time for a node to be attached, at first after the master's start or again.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Health ABSENT = Health.silent("the master has no connection to the node");

    private final Informer<Node> nodes;
    private final NodeWrites writes;
    private final Predicate<String> attached;
    private final InstantSource time;
    private final CountDownLatch closed = new CountDownLatch(1);

    /// Confined to whoever calls [#look].
    private final Map<String, Instant> since = new HashMap<>();

    /// @param attached whether the node of that name is attached now
    public Absentees(
            Informer<Node> nodes,
            NodeWrites writes,
            Predicate<String> attached,
            InstantSource time) {
        this.nodes = nodes;
        this.writes = writes;
        this.attached = attached;
        this.time = time;
    }

    /// Looks on in a thread of its own, until closed.
    public void start() {
        Thread.ofVirtual().name("absent-nodes").start(this::lookOn);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    void look() {
        var now = time.instant();
        for (var node : nodes.all()) {
            var name = node.getMetadata().getName();
            var labels = node.getMetadata().getLabels();
            if (attached.test(name) || labels == null || !labels.containsKey(Marks.RUNTIME)) {
                since.remove(name);
            } else if (!now.isBefore(since.computeIfAbsent(name, _ -> now).plus(PATIENCE))) {
                writes.health(name, ABSENT);
            }
        }
    }

    private void lookOn() {
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                try {
                    look();
                } catch (RuntimeException e) {
                    LOG.warn("nodes that nobody is attached to could not be looked at", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

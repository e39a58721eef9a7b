package dev.flotilla.controllers.collect;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Event;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;

/// Forgets events an hour after they last happened, as Kubernetes does.
public final class EventGc implements Reconciler {
    public static final Duration KEPT = Duration.ofHours(1);

    private final Cluster cluster;
    private final Informer<Event> events;
    private final InstantSource time;

    private EventGc(Cluster cluster, Informers informers, InstantSource time) {
        this.cluster = cluster;
        this.events = informers.of(Event.class);
        this.time = time;
    }

    public static Loop loop(Cluster cluster, Informers informers, InstantSource time) {
        var reconciler = new EventGc(cluster, informers, time);
        var loop = new Loop("event-gc", reconciler, informers, time);
        reconciler.events.listen(
                change -> {
                    if (change instanceof Change.Put<Event>(_, var event)) {
                        loop.markAfter(ObjectKey.of(event), reconciler.left(event));
                    }
                });
        return loop;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = events.get(key);
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var left = left(found.get());
        if (!left.isZero()) {
            return Outcome.again(left);
        }
        return cluster.delete(found.get(), new Deletion(true, null)).done()
                ? Outcome.SETTLED
                : Outcome.again(Duration.ZERO);
    }

    /// How long it is still kept, counted from the latest time it names.
    private Duration left(Event event) {
        var latest =
                Stream.of(
                                event.getLastTimestamp(),
                                event.getFirstTimestamp(),
                                event.getMetadata().getCreationTimestamp())
                        .filter(text -> text != null && !text.isEmpty())
                        .map(Instant::parse)
                        .max(Instant::compareTo)
                        .orElse(time.instant());
        var left = Duration.between(time.instant(), latest.plus(KEPT));
        return left.isNegative() ? Duration.ZERO : left;
    }
}

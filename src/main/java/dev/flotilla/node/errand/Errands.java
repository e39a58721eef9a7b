package dev.flotilla.node.errand;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.model.ErrandStatus;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.client.CustomResource;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// Begins the work of every object of a kind that is not over, ends that of one that is deleted,
/// and deletes those that ended long ago. What another master had begun is begun anew.
public abstract class Errands<T extends CustomResource<?, ? extends ErrandStatus>>
        implements Reconciler, AutoCloseable {
    private static final Duration KEPT = Duration.ofHours(1);

    private final Cluster cluster;
    private final Informer<T> all;
    private final InstantSource time;
    private final Executor executor;

    /// By uid.
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    private record Running(ObjectKey key, Stop stop) {}

    /// @param executor for what takes long: a thread for each
    protected Errands(
            Class<T> kind,
            Cluster cluster,
            Informers informers,
            InstantSource time,
            Executor executor) {
        this.cluster = cluster;
        this.all = informers.of(kind);
        this.time = time;
        this.executor = executor;
    }

    /// Does the work, on a thread of its own, and tells in the status how it ended.
    protected abstract void run(T errand, Stop stop);

    /// Has `loop` look at one when it changes.
    public final void wake(Loop loop) {
        all.listen(c -> loop.mark(ObjectKey.of(c.object())));
    }

    @Override
    public final Outcome reconcile(ObjectKey key) {
        var found = all.get(key).filter(e -> e.getMetadata().getDeletionTimestamp() == null);
        var uid = found.map(e -> e.getMetadata().getUid()).orElse("");
        running.forEach(
                (id, work) -> {
                    if (work.key.equals(key) && !id.equals(uid)) {
                        work.stop.ask();
                    }
                });
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var errand = found.get();
        if (ErrandStatus.over(errand.getStatus())) {
            return forget(errand);
        }
        var stop = new Stop();
        if (running.putIfAbsent(uid, new Running(key, stop)) == null) {
            executor.execute(
                    () -> {
                        try {
                            run(errand, stop);
                        } finally {
                            running.remove(uid);
                        }
                    });
        }
        return Outcome.SETTLED;
    }

    private Outcome forget(T errand) {
        var status = errand.getStatus();
        var ended = status == null ? null : status.completionTime();
        if (ended == null) {
            return Outcome.SETTLED;
        }
        var left = Duration.between(time.instant(), Instant.parse(ended).plus(KEPT));
        if (left.isPositive()) {
            return Outcome.again(left);
        }
        var _ = cluster.delete(errand, Deletion.NOW);
        return Outcome.SETTLED;
    }

    /// Ends what is in work; the next master begins it anew.
    @Override
    public final void close() {
        running.values().forEach(r -> r.stop.ask());
    }
}

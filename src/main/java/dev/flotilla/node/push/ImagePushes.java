package dev.flotilla.node.push;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.model.ImagePush;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.image.Stop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// Begins every ImagePush that is not over, ends the work of one that is deleted, and deletes those
/// that ended long ago. One that another master had begun is begun anew: what the nodes have by now
/// is not sent again.
public final class ImagePushes implements Reconciler, AutoCloseable {
    private static final Duration KEPT = Duration.ofHours(1);

    private final Cluster cluster;
    private final Informer<ImagePush> pushes;
    private final Surroundings surroundings;
    private final InstantSource time;
    private final Executor executor;

    /// By uid; guarded by the map.
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    private record Running(ObjectKey key, Stop stop) {}

    /// @param executor for what takes long: a thread for each
    public ImagePushes(
            Cluster cluster,
            Informers informers,
            Surroundings surroundings,
            InstantSource time,
            Executor executor) {
        this.cluster = cluster;
        this.pushes = informers.of(ImagePush.class);
        this.surroundings = surroundings;
        this.time = time;
        this.executor = executor;
    }

    /// Has `loop` look at a push when it changes.
    public void wake(Loop loop) {
        pushes.listen(c -> loop.mark(ObjectKey.of(c.object())));
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = pushes.get(key).filter(p -> p.getMetadata().getDeletionTimestamp() == null);
        var uid = found.map(p -> p.getMetadata().getUid()).orElse("");
        running.forEach(
                (id, work) -> {
                    if (work.key.equals(key) && !id.equals(uid)) {
                        work.stop.ask();
                    }
                });
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var push = found.get();
        if (PushBoard.isOver(push)) {
            return forget(push);
        }
        var stop = new Stop();
        if (running.putIfAbsent(uid, new Running(key, stop)) == null) {
            var work =
                    new PushWork(
                            push, cluster, surroundings, new PushBoard(push, cluster), stop, time);
            executor.execute(
                    () -> {
                        try {
                            work.run(executor);
                        } finally {
                            running.remove(uid);
                        }
                    });
        }
        return Outcome.SETTLED;
    }

    private Outcome forget(ImagePush push) {
        var status = push.getStatus();
        var ended = status == null ? null : status.completionTime();
        if (ended == null) {
            return Outcome.SETTLED;
        }
        var left = Duration.between(time.instant(), Instant.parse(ended).plus(KEPT));
        if (left.isPositive()) {
            return Outcome.again(left);
        }
        var _ = cluster.delete(push, Deletion.NOW);
        return Outcome.SETTLED;
    }

    /// Ends what is in work; the next master begins it anew.
    @Override
    public void close() {
        running.values().forEach(r -> r.stop.ask());
    }
}

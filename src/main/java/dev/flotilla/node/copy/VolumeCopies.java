package dev.flotilla.node.copy;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.model.VolumeCopy;
import dev.flotilla.node.image.Stop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// Begins every VolumeCopy that is not over, ends the work of one that is deleted, and deletes
/// those that ended long ago. One that another master had begun is begun anew: nothing of it was in
/// its place yet.
public final class VolumeCopies implements Reconciler, AutoCloseable {
    private static final Duration KEPT = Duration.ofHours(1);

    private final Cluster cluster;
    private final Informer<VolumeCopy> copies;
    private final Function<String, Optional<FolderArchives>> nodes;
    private final InstantSource time;
    private final Executor executor;
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    private record Running(ObjectKey key, Stop stop) {}

    /// @param nodes what reaches a node's folders, by its name
    /// @param executor for what takes long: a platform thread for each
    public VolumeCopies(
            Cluster cluster,
            Informers informers,
            Function<String, Optional<FolderArchives>> nodes,
            InstantSource time,
            Executor executor) {
        this.cluster = cluster;
        this.copies = informers.of(VolumeCopy.class);
        this.nodes = nodes;
        this.time = time;
        this.executor = executor;
    }

    /// Has `loop` look at a copy when it changes.
    public void wake(Loop loop) {
        copies.listen(c -> loop.mark(ObjectKey.of(c.object())));
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = copies.get(key).filter(c -> c.getMetadata().getDeletionTimestamp() == null);
        var uid = found.map(c -> c.getMetadata().getUid()).orElse("");
        running.forEach(
                (id, work) -> {
                    if (work.key.equals(key) && !id.equals(uid)) {
                        work.stop.ask();
                    }
                });
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var copy = found.get();
        if (CopyBoard.isOver(copy)) {
            return forget(copy);
        }
        var stop = new Stop();
        if (running.putIfAbsent(uid, new Running(key, stop)) == null) {
            var board = new CopyBoard(copy, cluster, time);
            executor.execute(
                    () -> {
                        try {
                            new CopyWork(copy, cluster, nodes, board, stop).run();
                        } finally {
                            running.remove(uid);
                        }
                    });
        }
        return Outcome.SETTLED;
    }

    private Outcome forget(VolumeCopy copy) {
        var ended = copy.getStatus().completionTime();
        if (ended == null) {
            return Outcome.SETTLED;
        }
        var left = Duration.between(time.instant(), Instant.parse(ended).plus(KEPT));
        if (left.isPositive()) {
            return Outcome.again(left);
        }
        var _ = cluster.delete(copy, Deletion.NOW);
        return Outcome.SETTLED;
    }

    /// Ends what is in work; the next master begins it anew.
    @Override
    public void close() {
        running.values().forEach(r -> r.stop.ask());
    }
}

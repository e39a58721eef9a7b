package dev.flotilla.node.push;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informers;
import dev.flotilla.model.ImagePush;
import dev.flotilla.node.errand.Errands;
import dev.flotilla.node.errand.Stop;

import java.time.InstantSource;
import java.util.concurrent.Executor;

/// What ImagePushes ask for. Of one that is begun anew, what the nodes have by now is not sent
/// again.
public final class ImagePushes extends Errands<ImagePush> {
    private final Cluster cluster;
    private final Surroundings surroundings;
    private final InstantSource time;
    private final Executor executor;

    /// @param executor for what takes long: a thread for each
    public ImagePushes(
            Cluster cluster,
            Informers informers,
            Surroundings surroundings,
            InstantSource time,
            Executor executor) {
        super(ImagePush.class, cluster, informers, time, executor);
        this.cluster = cluster;
        this.surroundings = surroundings;
        this.time = time;
        this.executor = executor;
    }

    @Override
    protected void run(ImagePush push, Stop stop) {
        var board = new PushBoard(push, cluster);
        new PushWork(push, cluster, surroundings, board, stop, time).run(executor);
    }
}

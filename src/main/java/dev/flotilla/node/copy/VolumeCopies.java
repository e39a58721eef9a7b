package dev.flotilla.node.copy;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informers;
import dev.flotilla.model.VolumeCopy;
import dev.flotilla.node.errand.Errands;
import dev.flotilla.node.errand.Stop;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// What VolumeCopies ask for. Of one that is begun anew nothing was in its place yet.
public final class VolumeCopies extends Errands<VolumeCopy> {
    private final Cluster cluster;
    private final Function<String, Optional<FolderArchives>> nodes;
    private final InstantSource time;

    /// @param nodes what reaches a node's folders, by its name
    /// @param executor for what takes long: a platform thread for each
    public VolumeCopies(
            Cluster cluster,
            Informers informers,
            Function<String, Optional<FolderArchives>> nodes,
            InstantSource time,
            Executor executor) {
        super(VolumeCopy.class, cluster, informers, time, executor);
        this.cluster = cluster;
        this.nodes = nodes;
        this.time = time;
    }

    @Override
    protected void run(VolumeCopy copy, Stop stop) {
        new CopyWork(copy, cluster, nodes, new CopyBoard(copy, cluster, time), stop).run();
    }
}

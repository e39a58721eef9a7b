package dev.flotilla.controllers.job;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.controllers.owner.Batches;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/// The loops of this package.
public final class Batch {
    private Batch() {}

    /// @param events a recorder for each component that tells
    public static List<Loop> loops(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            Batches batches,
            Function<String, EventRecorder> events) {
        return List.of(
                Jobs.loop(cluster, informers, time, batches, events.apply("job-controller")),
                CronJobs.loop(cluster, informers, time, events.apply("cronjob-controller")));
    }
}

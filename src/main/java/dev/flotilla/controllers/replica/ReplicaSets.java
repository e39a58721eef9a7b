package dev.flotilla.controllers.replica;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.controllers.owner.Batches;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/// The loops of this package: of ReplicaSets, and of ReplicationControllers that they came after.
public final class ReplicaSets {
    public static final String KIND = "ReplicaSet";

    private ReplicaSets() {}

    /// @param events a recorder for each component that tells
    public static List<Loop> loops(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            Batches batches,
            Function<String, EventRecorder> events) {
        return List.of(
                Replicas.loop(
                        "replicasets",
                        Guise.SETS,
                        informers,
                        time,
                        new Hands(cluster, batches, events.apply("replicaset-controller"))),
                Replicas.loop(
                        "replicationcontrollers",
                        Guise.CONTROLLERS,
                        informers,
                        time,
                        new Hands(cluster, batches, events.apply("replication-controller"))));
    }
}

package dev.flotilla.controllers.upkeep;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;

import io.fabric8.kubernetes.api.model.HasMetadata;

import java.time.InstantSource;
import java.util.List;

/// The loops of this package.
public final class Upkeep {
    private Upkeep() {}

    /// @param authority the certificate by which the API server is trusted, in PEM; empty where
    ///   there is no server
    public static List<Loop> loops(
            Cluster cluster, Informers informers, InstantSource time, String authority) {
        return List.of(
                Furnishing.loop(cluster, informers, time, authority),
                ClaimProtection.loop(cluster, informers, time),
                RoleAggregation.loop(cluster, informers, time),
                VolumeProtection.loop(cluster, informers, time));
    }

    static boolean leaving(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    /// Whether the object is to go and this finalizer holds it.
    static boolean held(HasMetadata object, String finalizer) {
        return leaving(object) && object.getMetadata().getFinalizers().contains(finalizer);
    }

    static List<String> without(HasMetadata object, String finalizer) {
        return object.getMetadata().getFinalizers().stream()
                .filter(f -> !f.equals(finalizer))
                .toList();
    }
}

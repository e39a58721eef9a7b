package dev.flotilla.node.errand;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Written;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.client.CustomResource;

import java.util.function.Supplier;

/// Writes the status of errands of one kind, whatever else is written to them meanwhile.
///
/// @param blank makes an object with nothing in it
public record StatusWriter<P, S, T extends CustomResource<P, S>>(
        Class<T> kind, Supplier<T> blank, Cluster cluster) {
    private static final int TRIES = 10;

    /// Does nothing if the errand is gone.
    public void write(T errand, S status) {
        for (int i = 0; i < TRIES; i++) {
            var found = cluster.get(kind, ObjectKey.of(errand));
            if (found.isEmpty() || !uid(found.get()).equals(uid(errand))) {
                return;
            }
            var before = found.get();
            var after = blank.get();
            after.setMetadata(before.getMetadata());
            after.setSpec(before.getSpec());
            after.setStatus(status);
            if (!(cluster.updateStatus(before, after) instanceof Written.Conflict)) {
                return;
            }
        }
    }

    private String uid(T errand) {
        return errand.getMetadata().getUid();
    }
}

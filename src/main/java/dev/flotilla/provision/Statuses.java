package dev.flotilla.provision;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.model.Machine;
import dev.flotilla.model.MachineStatus;
import dev.flotilla.model.MachineStatus.Phase;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

import org.jspecify.annotations.Nullable;

/// Writes how far a machine has come, if that is news.
final class Statuses {
    static final String FINALIZER = "flotilla.dev/machine";

    private final Cluster cluster;

    Statuses(Cluster cluster) {
        this.cluster = cluster;
    }

    static MachineStatus provisioning(String step, @Nullable MachineStatus last) {
        return new MachineStatus(
                Phase.Provisioning.name(),
                step,
                null,
                null,
                last == null ? null : last.hostKey(),
                last == null ? null : last.nodeName());
    }

    static MachineStatus failed(Failure failure, @Nullable MachineStatus last) {
        var seen = failure.hostKey();
        return new MachineStatus(
                failure.waitsForAPerson() ? Phase.HostKeyUnknown.name() : Phase.Failed.name(),
                failure.step(),
                failure.reason(),
                failure.message(),
                seen == null && last != null ? last.hostKey() : seen,
                last == null ? null : last.nodeName());
    }

    /// @param trouble that is not worth a failure; empty for none
    static MachineStatus ready(String node, @Nullable String hostKey, String trouble) {
        return new MachineStatus(
                Phase.Ready.name(),
                null,
                trouble.isEmpty() ? null : "PodPathsIncomplete",
                trouble.isEmpty() ? null : trouble,
                hostKey,
                node);
    }

    void write(ObjectKey key, MachineStatus status) {
        var before = cluster.get(Machine.class, key);
        if (before.isPresent() && !status.equals(before.get().getStatus())) {
            var after = copy(before.get(), before.get().getMetadata());
            after.setStatus(status);
            var _ = cluster.updateStatus(before.get(), after);
        }
    }

    /// @return whether it is there now
    boolean addFinalizer(Machine machine) {
        var metadata =
                new ObjectMetaBuilder(machine.getMetadata()).addToFinalizers(FINALIZER).build();
        return cluster.update(machine, copy(machine, metadata)).done();
    }

    /// Lets go of a machine that is being deleted.
    boolean removeFinalizer(Machine machine) {
        var metadata =
                new ObjectMetaBuilder(machine.getMetadata())
                        .removeFromFinalizers(FINALIZER)
                        .build();
        return cluster.update(machine, copy(machine, metadata)).done();
    }

    static boolean hasFinalizer(Machine machine) {
        return machine.getMetadata().getFinalizers().contains(FINALIZER);
    }

    private static Machine copy(Machine machine, ObjectMeta metadata) {
        var copy = new Machine();
        copy.setApiVersion(machine.getApiVersion());
        copy.setKind(machine.getKind());
        copy.setMetadata(metadata);
        copy.setSpec(machine.getSpec());
        copy.setStatus(machine.getStatus());
        return copy;
    }
}

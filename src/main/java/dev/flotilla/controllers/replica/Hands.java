package dev.flotilla.controllers.replica;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.owner.Batches;
import dev.flotilla.controllers.owner.PodClaim;
import dev.flotilla.controllers.replica.ReplicaPlan.Action;
import dev.flotilla.controllers.replica.ReplicaSetStatuses.Failure;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Does what a [ReplicaPlan] says, and tells of it.
record Hands(Cluster cluster, Batches batches, EventRecorder events) {

    /// @param failure the first that the API refused
    /// @param conflict whether to read again and decide again
    record Ending(Optional<Failure> failure, boolean conflict) {}

    /// Pods change hands one by one; then all that go are deleted; then pods are made, slowly at
    /// first. What is refused or has changed meanwhile ends it there.
    <T extends HasMetadata> Ending act(T owner, Guise<T> guise, List<Action> actions) {
        var removals = new ArrayList<Supplier<Written<Pod>>>();
        var creations = new ArrayList<Supplier<Written<Pod>>>();
        boolean forget = false;
        for (var action : actions) {
            switch (action) {
                case Action.Create(var draft) -> creations.add(() -> create(owner, draft));
                case Action.Remove(var pod) -> removals.add(() -> delete(owner, pod));
                case Action.ForgetAddOn _ -> forget = true;
                case Action.Adopt(var pod) -> {
                    if (!cluster.update(pod, PodClaim.adopted(pod, owner)).done()) {
                        return new Ending(Optional.empty(), true);
                    }
                }
                case Action.Release(var pod) -> {
                    if (!cluster.update(pod, PodClaim.released(pod, owner)).done()) {
                        return new Ending(Optional.empty(), true);
                    }
                }
                case Action.StayPut(var pod, var why) -> {
                    if (!stayPut(pod, why).done()) {
                        return new Ending(Optional.empty(), true);
                    }
                }
            }
        }
        var removed = ending(owner, "FailedDelete", "deleting", batches.all(removals));
        if (removed.failure().isPresent() || removed.conflict()) {
            return removed;
        }
        var created = ending(owner, "FailedCreate", "creating", batches.slowly(creations));
        if (created.failure().isPresent() || created.conflict() || !forget) {
            return created;
        }
        var forgotten = cluster.update(owner, guise.forgetAddOn().apply(owner));
        return new Ending(Optional.empty(), !forgotten.done());
    }

    /// @return false when the object has changed meanwhile
    <T extends HasMetadata> boolean tell(T owner, T after) {
        return !(cluster.updateStatus(owner, after) instanceof Written.Conflict);
    }

    private Ending ending(
            HasMetadata owner, String reason, String doing, List<Written<Pod>> written) {
        boolean conflict = false;
        for (var one : written) {
            switch (one) {
                case Written.Done<Pod> _ -> {}
                case Written.Conflict<Pod> _ -> conflict = true;
                case Written.Refused<Pod>(_, var message) -> {
                    events.warning(owner, reason, "Error " + doing + ": " + message);
                    return new Ending(Optional.of(new Failure(reason, message)), conflict);
                }
            }
        }
        return new Ending(Optional.empty(), conflict);
    }

    private Written<Pod> create(HasMetadata owner, Pod draft) {
        var written = cluster.create(draft);
        if (written instanceof Written.Done<Pod>(var pod)) {
            events.normal(owner, "SuccessfulCreate", "Created pod: " + ObjectKey.of(pod).name());
        }
        return written;
    }

    private Written<Pod> delete(HasMetadata owner, Pod pod) {
        var written = cluster.delete(pod, Deletion.GRACEFUL);
        if (written.done()) {
            events.normal(owner, "SuccessfulDelete", "Deleted pod: " + ObjectKey.of(pod).name());
        }
        return written;
    }

    private Written<Pod> stayPut(Pod pod, String why) {
        events.normal(pod, "MoveEnded", "Stays on its node: " + why);
        return cluster.update(
                pod,
                new PodBuilder(pod)
                        .editMetadata()
                        .removeFromAnnotations(Marks.MOVE_TO)
                        .endMetadata()
                        .build());
    }
}

package dev.flotilla.controllers.deployment;

import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.controllers.replica.Replica;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A ReplicaSet and the pods it has at this moment, counted here and not taken from its status: a
/// status comes later than the pods, and a rollout that trusts it oversteps its bounds.
///
/// @param replicas its pods that are neither over nor leaving; a moving pair is one
/// @param available those that are available
/// @param occupied whether any pod is left, a leaving one too
/// @param trouble why its pods will hardly ever be ready, in words
/// @param untilTrouble when it may count as in trouble though nothing changes
record Stock(
        ReplicaSet set,
        int replicas,
        int available,
        boolean occupied,
        Optional<String> trouble,
        Optional<Duration> untilTrouble) {

    /// Without trouble.
    Stock(ReplicaSet set, int replicas, int available, boolean occupied) {
        this(set, replicas, available, occupied, Optional.empty(), Optional.empty());
    }

    static Stock of(ReplicaSet set, List<Pod> pods, Instant now) {
        int minReady = Objects.requireNonNullElse(set.getSpec().getMinReadySeconds(), 0);
        var replicas = Replica.of(pods);
        return new Stock(
                set,
                replicas.size(),
                (int) replicas.stream().filter(r -> r.available(minReady, now)).count(),
                pods.stream().anyMatch(p -> !PodState.over(p)),
                Trouble.of(pods, now),
                Trouble.until(pods, now));
    }

    /// The set with other wishes and the same pods.
    Stock with(ReplicaSet changed) {
        return new Stock(changed, replicas, available, occupied, trouble, untilTrouble);
    }

    String uid() {
        return set.getMetadata().getUid();
    }

    int size() {
        return Revisions.size(set);
    }

    /// How many pods it has or may make at any moment.
    int most() {
        return Math.max(size(), replicas);
    }

    /// How many available pods remain when it is done shrinking; it removes the others first.
    int sure() {
        return Math.min(size(), available);
    }
}

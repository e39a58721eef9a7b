package dev.flotilla.controllers.rebalance;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.Pod;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pods that are alike and kept by one owner.
///
/// @param name for a person, such as `Deployment default/web`
/// @param pods those that are not over
/// @param wanted how many there should be
/// @param refusal why its owner or namespace has none of them moved, in words
record App(String name, List<Pod> pods, int wanted, Optional<String> refusal) {

    /// Why nothing of it may move now, in words.
    Optional<String> obstacle() {
        if (refusal.isPresent()) {
            return refusal;
        }
        if (pods.size() != wanted || pods.stream().anyMatch(p -> !settled(p))) {
            return Optional.of("not all of its pods are ready");
        }
        return pods.stream().anyMatch(App::byHand)
                ? Optional.of("a person has chosen where its pods run")
                : Optional.empty();
    }

    /// How many of its pods are on each node.
    Map<String, Integer> counts() {
        var counts = new HashMap<String, Integer>();
        pods.forEach(p -> counts.merge(String.valueOf(PodState.node(p)), 1, Integer::sum));
        return counts;
    }

    /// How long until it has been as it is for `calm`.
    Duration unrest(Duration calm, Instant now) {
        var youngest =
                pods.stream().map(PodState::created).max(Instant::compareTo).orElse(Instant.EPOCH);
        var left = Duration.between(now, youngest.plus(calm));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static boolean settled(Pod pod) {
        return PodState.node(pod) != null
                && PodState.ready(pod)
                && !Owners.leaving(pod)
                && !Owners.notes(pod).containsKey(Marks.MOVE_TO);
    }

    /// A person dragged it there; what was moved from here bears another mark too.
    private static boolean byHand(Pod pod) {
        var notes = Owners.notes(pod);
        return notes.containsKey(Marks.PLACE_ON) && !notes.containsKey(Marks.REBALANCED);
    }
}

package dev.flotilla.controllers.owner;

import io.fabric8.kubernetes.api.model.Pod;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How long an owner waits before it replaces pods that fail as soon as they are made, such as
/// those that their node turns away. Read off the pods that are there, so that nothing has to be
/// remembered. Kubernetes replaces such pods of a ReplicaSet at once, for ever.
public final class Restraint {
    /// A pod that failed within this time did not begin its work.
    static final Duration BRIEF = Duration.ofSeconds(30);

    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(5);

    /// What replaces a pod under the same name remembers no failure before it.
    static final Duration IN_PLACE = Duration.ofSeconds(10);

    private Restraint() {}

    /// One second after all have failed once, doubled each time all have failed again since one of
    /// them was last ready, at most five minutes.
    ///
    /// @param pods all that the owner has, ended ones too
    /// @param wanted how many it is to have
    public static Duration left(List<Pod> pods, int wanted, Instant now) {
        if (pods.stream().noneMatch(Restraint::brief)) {
            return Duration.ZERO; // as nearly always, and this is asked for all pods at each look
        }
        var good =
                pods.stream()
                        .filter(PodState::ready)
                        .map(PodState::created)
                        .max(Instant::compareTo)
                        .orElse(Instant.MIN);
        var failures =
                pods.stream()
                        .filter(Restraint::brief)
                        .filter(p -> PodState.created(p).isAfter(good))
                        .map(PodState::ended)
                        .toList();
        if (failures.isEmpty()) {
            return Duration.ZERO;
        }
        int rounds = Math.ceilDiv(failures.size(), Math.max(1, wanted));
        var delay = FIRST.multipliedBy(1L << Math.min(rounds - 1, 10));
        var last = failures.stream().max(Instant::compareTo).orElse(now);
        return until(last.plus(delay.compareTo(LONGEST) < 0 ? delay : LONGEST), now);
    }

    /// How long a pod that has ended keeps its place, for an owner whose pods have names or nodes
    /// of their own: ten seconds after a quick failure.
    public static Duration left(Pod pod, Instant now) {
        return brief(pod) ? until(PodState.ended(pod).plus(IN_PLACE), now) : Duration.ZERO;
    }

    /// The sooner of `other` and of the next end of such a wait.
    public static Optional<Duration> sooner(Optional<Duration> other, List<Pod> pods, Instant now) {
        return Stream.concat(other.stream(), pods.stream().map(p -> left(p, now)))
                .filter(Duration::isPositive)
                .min(Duration::compareTo);
    }

    private static boolean brief(Pod pod) {
        return PodState.phase(pod).equals("Failed")
                && Duration.between(PodState.created(pod), PodState.ended(pod)).compareTo(BRIEF)
                        < 0;
    }

    private static Duration until(Instant end, Instant now) {
        var left = Duration.between(now, end);
        return left.isNegative() ? Duration.ZERO : left;
    }
}

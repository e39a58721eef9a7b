package dev.flotilla.controllers.job;

import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.Pod;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How long a Job waits before it replaces a pod that failed: 10 s, doubled with each failure since
/// the last success, at most six minutes. Counted from the pods that are there, so that nothing has
/// to be remembered.
final class JobBackoff {
    static final Duration FIRST = Duration.ofSeconds(10);
    static final Duration LONGEST = Duration.ofMinutes(6);

    private JobBackoff() {}

    static Duration left(List<Pod> pods, boolean onlyReplaceFailed, Instant now) {
        var success =
                pods.stream()
                        .filter(JobPods::succeeded)
                        .map(PodState::ended)
                        .max(Instant::compareTo)
                        .orElse(Instant.MIN);
        var failures =
                pods.stream()
                        .filter(p -> JobPods.failed(p, onlyReplaceFailed))
                        .map(PodState::ended)
                        .filter(success::isBefore)
                        .toList();
        if (failures.isEmpty()) {
            return Duration.ZERO;
        }
        var delay = FIRST.multipliedBy(1L << Math.min(failures.size() - 1, 10));
        if (delay.compareTo(LONGEST) > 0) {
            delay = LONGEST;
        }
        var last = failures.stream().max(Instant::compareTo).orElse(now);
        var left = Duration.between(now, last.plus(delay));
        return left.isNegative() ? Duration.ZERO : left;
    }
}

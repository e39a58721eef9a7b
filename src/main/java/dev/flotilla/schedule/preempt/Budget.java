package dev.flotilla.schedule.preempt;

import dev.flotilla.schedule.facts.Labels;
import dev.flotilla.schedule.facts.PodView;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// A disruption budget as preemption sees it.
///
/// @param pods null for none
/// @param allowed how many of its pods may go now
/// @param gone names of pods that were taken off the budget already
public record Budget(String namespace, @Nullable Labels pods, int allowed, Set<String> gone) {
    /// A selector that says nothing selects nothing here, nor does a pod without labels belong to
    /// any budget: as Kubernetes' scheduler has it.
    boolean covers(PodView pod) {
        var shape = pod.shape();
        return pods != null
                && !pods.rules().isEmpty()
                && !shape.labels().isEmpty()
                && shape.namespace().equals(namespace)
                && !gone.contains(pod.key().name())
                && pods.match(shape.labels());
    }
}

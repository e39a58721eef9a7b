package dev.flotilla.schedule.preempt;

import dev.flotilla.schedule.facts.PodView;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// A node, and who would have to go from it.
///
/// @param victims at least one, the most important first
/// @param violations how many of them their budgets don't allow to go
record Candidate(String node, List<PodView> victims, int violations) {
    /// The more important pod first: the higher priority, then the longer life.
    static final Comparator<PodView> IMPORTANCE =
            Comparator.comparingInt((PodView p) -> p.shape().priority())
                    .reversed()
                    .thenComparing(PodView::started)
                    .thenComparing(PodView::key);

    /// The better candidate first, in Kubernetes' order: fewest violated budgets, lowest highest
    /// priority, smallest sum of priorities, fewest victims, and the one whose most important
    /// victims began latest; then by name.
    static final Comparator<Candidate> BETTER =
            Comparator.comparingInt(Candidate::violations)
                    .thenComparingInt(Candidate::highest)
                    .thenComparingLong(Candidate::sum)
                    .thenComparingInt(c -> c.victims.size())
                    .thenComparing(Comparator.comparing(Candidate::began).reversed())
                    .thenComparing(Candidate::node);

    private int highest() {
        return victims.getFirst().shape().priority();
    }

    /// Each counts from the lowest there is, so that more victims never weigh less.
    private long sum() {
        return victims.stream()
                .mapToLong(v -> (long) v.shape().priority() - Integer.MIN_VALUE)
                .sum();
    }

    private Instant began() {
        return victims.stream()
                .filter(v -> v.shape().priority() == highest())
                .map(PodView::started)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}

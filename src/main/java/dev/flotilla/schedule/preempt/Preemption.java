package dev.flotilla.schedule.preempt;

import dev.flotilla.schedule.ClusterView;
import dev.flotilla.schedule.Placement;
import dev.flotilla.schedule.StandingPod;
import dev.flotilla.schedule.facts.PodView;
import dev.flotilla.schedule.facts.Refusal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Finds the node from which the least must go for a pod that found no room.
///
/// On each node that the pod could run on if some pods of lower priority went, first all those are
/// thought away; then, the more important first and those that budgets protect before others, each
/// stays that can stay.
public final class Preemption {
    private static final String NO_HELP = "Preemption is not helpful for scheduling";
    private static final String NOBODY = "No preemption victims found for incoming pod";

    private final ClusterView what;
    private final PodView pod;
    private final List<Budget> budgets;
    private final TreeMap<String, Integer> reasons = new TreeMap<>();

    private Preemption(ClusterView what, PodView pod, List<Budget> budgets) {
        this.what = what;
        this.pod = pod;
        this.budgets = budgets;
    }

    /// What comes of it.
    public sealed interface Outcome {
        /// @param victims who must go, the most important first
        record Room(String node, List<PodView> victims) implements Outcome {}

        /// @param message why nobody's going would help, in Kubernetes' words
        record NoRoom(String message) implements Outcome {}
    }

    /// @param what a copy, to try things in; as it was when this returns
    /// @param pod for which [ClusterView#place] found nothing
    public static Outcome plan(ClusterView what, PodView pod, List<Budget> budgets) {
        return new Preemption(what, pod, budgets).plan();
    }

    private Outcome plan() {
        var below = what.below(pod.shape().priority());
        var answers = what.explain(pod);
        var candidates = new ArrayList<Candidate>();
        answers.forEach((node, refusals) -> candidates.addAll(consider(node, refusals, below)));
        return candidates.stream()
                .min(Candidate.BETTER)
                .<Outcome>map(c -> new Outcome.Room(c.node(), c.victims()))
                .orElseGet(
                        () -> new Outcome.NoRoom(Placement.Nowhere.line(answers.size(), reasons)));
    }

    /// @return one candidate, or none
    private List<Candidate> consider(
            String node, List<Refusal> refusals, Map<String, List<StandingPod>> below) {
        if (refusals.isEmpty() || refusals.stream().anyMatch(Refusal::hopeless)) {
            reasons.merge(NO_HELP, 1, Integer::sum);
            return List.of();
        }
        var weaker = below.getOrDefault(node, List.of());
        if (weaker.isEmpty()) {
            reasons.merge(NOBODY, 1, Integer::sum);
            return List.of();
        }
        weaker.forEach(p -> what.remove(p.pod().key()));
        try {
            return emptied(node, weaker);
        } finally {
            weaker.forEach(this::restore);
        }
    }

    private List<Candidate> emptied(String node, List<StandingPod> weaker) {
        if (!what.admits(pod, node)) {
            what.explain(pod, node).forEach(r -> reasons.merge(r.reason(), 1, Integer::sum));
            return List.of();
        }
        var sorted = new ArrayList<>(weaker);
        sorted.sort(Comparator.comparing(StandingPod::pod, Candidate.IMPORTANCE));
        var shielded = shielded(sorted);
        var victims = new ArrayList<PodView>();
        sorted.stream().filter(p -> shielded.contains(p.pod())).forEach(p -> spare(p, victims));
        int violations = victims.size();
        sorted.stream().filter(p -> !shielded.contains(p.pod())).forEach(p -> spare(p, victims));
        victims.sort(Candidate.IMPORTANCE);
        return victims.isEmpty() ? List.of() : List.of(new Candidate(node, victims, violations));
    }

    /// Lets it stay if the pod still finds room beside it.
    private void spare(StandingPod weaker, List<PodView> victims) {
        restore(weaker);
        if (!what.admits(pod, weaker.node())) {
            what.remove(weaker.pod().key());
            victims.add(weaker.pod());
        }
    }

    /// Those whose going a budget does not allow, when the more important go first.
    private Set<PodView> shielded(List<StandingPod> sorted) {
        var left = budgets.stream().mapToInt(Budget::allowed).toArray();
        var shielded = new HashSet<PodView>();
        for (var weaker : sorted) {
            for (int i = 0; i < left.length; i++) {
                if (budgets.get(i).covers(weaker.pod()) && --left[i] < 0) {
                    shielded.add(weaker.pod());
                }
            }
        }
        return shielded;
    }

    private void restore(StandingPod weaker) {
        what.put(weaker.pod(), weaker.node(), weaker.leaving());
    }
}

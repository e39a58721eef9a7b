package dev.flotilla.schedule.filter;

import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.facts.SpreadRule;
import dev.flotilla.schedule.facts.Surroundings;

import java.util.List;

/// No domain may get ahead of the emptiest by more than the pod's spread rules say.
public final class SpreadFilter implements Surroundings.Counter {
    public static final String PLUGIN = "PodTopologySpread";

    private final List<SpreadCount> counts;

    /// 1 where the pod itself is one of those that the rule counts.
    private final int[] self;

    public SpreadFilter(Shape pod, Surroundings around) {
        var hard = pod.spread().stream().filter(SpreadRule::hard).toList();
        counts = hard.stream().map(r -> new SpreadCount(pod, r, hard, around)).toList();
        self = hard.stream().mapToInt(r -> r.counts(pod.labels()) ? 1 : 0).toArray();
    }

    @Override
    public void count(Shape pod, int place, boolean leaving, int sign) {
        for (var count : counts) {
            count.count(pod, place, leaving, sign);
        }
    }

    public boolean admits(int place) {
        for (int i = 0; i < self.length; i++) {
            var count = counts.get(i);
            if (count.domain(place) < 0 || ahead(count, self[i], place) > 0) {
                return false;
            }
        }
        return true;
    }

    public List<Refusal> refusals(int place) {
        for (int i = 0; i < self.length; i++) {
            var count = counts.get(i);
            var rule = count.rule();
            if (count.domain(place) < 0) {
                return List.of(
                        new Refusal(
                                PLUGIN,
                                "node(s) didn't match pod topology spread constraints (missing"
                                        + " required label)",
                                "has no label " + rule.topologyKey(),
                                true));
            }
            if (ahead(count, self[i], place) > 0) {
                return List.of(
                        new Refusal(
                                PLUGIN,
                                "node(s) didn't match pod topology spread constraints",
                                "its %s has %d already, the emptiest %d"
                                        .formatted(
                                                rule.topologyKey(), count.at(place), count.least()),
                                false));
            }
        }
        return List.of();
    }

    /// By how much the domain would be too far ahead with the pod.
    private static long ahead(SpreadCount count, int self, int place) {
        return (long) count.at(place) + self - count.least() - count.rule().maxSkew();
    }
}

package dev.flotilla.schedule.score;

import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.facts.Surroundings;
import dev.flotilla.schedule.filter.SpreadCount;

import java.util.List;

/// How full the pod's domains are, by its spread rules that only rank.
public final class SpreadScore implements Surroundings.Counter {
    private final List<SpreadCount> counts;

    public SpreadScore(Shape pod, Surroundings around) {
        var soft = pod.spread().stream().filter(r -> !r.hard()).toList();
        counts = soft.stream().map(r -> new SpreadCount(pod, r, soft, around)).toList();
    }

    public static boolean asked(Shape pod) {
        return pod.spread().stream().anyMatch(r -> !r.hard());
    }

    @Override
    public void count(Shape pod, int place, boolean leaving, int sign) {
        for (var count : counts) {
            count.count(pod, place, leaving, sign);
        }
    }

    /// Any number; the more the better. A node without the label is as bad as any can be.
    public double raw(int place) {
        double sum = 0;
        for (var count : counts) {
            if (count.domain(place) < 0) {
                return Double.NEGATIVE_INFINITY;
            }
            sum += count.at(place) * count.share() + count.rule().maxSkew() - 1;
        }
        return -sum;
    }
}

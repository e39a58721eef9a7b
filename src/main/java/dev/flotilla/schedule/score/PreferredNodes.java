package dev.flotilla.schedule.score;

import dev.flotilla.schedule.facts.NodeChoice;
import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Shape;

import java.util.Objects;

/// The weight of the preferred node affinities that the node meets, as a share of all.
final class PreferredNodes implements NodeScore {
    @Override
    public double of(Shape pod, NodeView node) {
        var preferred = pod.choice().preferred();
        if (preferred.isEmpty()) {
            return 0;
        }
        double all = 0;
        double met = 0;
        for (var one : preferred) {
            int weight = Objects.requireNonNullElse(one.getWeight(), 1);
            all += weight;
            if (NodeChoice.matches(one.getPreference(), node.name(), node.known().labels())) {
                met += weight;
            }
        }
        return all == 0 ? 0 : 100 * met / all;
    }
}

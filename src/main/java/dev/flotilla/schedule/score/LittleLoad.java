package dev.flotilla.schedule.score;

import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Shape;

/// The share of CPU and memory that the node is seen not to use; 50 when nobody measured.
final class LittleLoad implements NodeScore {
    @Override
    public double of(Shape pod, NodeView node) {
        return node.load() < 0 ? 50 : 100 * (1 - Math.min(1, node.load()));
    }
}

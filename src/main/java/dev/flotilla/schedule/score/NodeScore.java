package dev.flotilla.schedule.score;

import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Shape;

/// Ranks a node by itself. Pure.
@FunctionalInterface
interface NodeScore {
    /// 0 worst to 100 best, of a node that exists.
    double of(Shape pod, NodeView node);
}

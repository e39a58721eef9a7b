package dev.flotilla.schedule.filter;

import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;

import java.util.List;

/// Ours: a node that is not ready takes no pod. (Kubernetes says so by a taint.)
final class Ready implements NodeFilter {
    private static final List<Refusal> WHY =
            List.of(new Refusal("NodeReady", "node(s) were not ready", "not ready", true));

    @Override
    public boolean admits(Shape pod, NodeView node) {
        return node.known().ready();
    }

    @Override
    public List<Refusal> refusals(Shape pod, NodeView node) {
        return WHY;
    }
}

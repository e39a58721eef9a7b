package dev.flotilla.schedule.filter;

import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;

import java.util.List;

/// The pod's node selector and required node affinity.
final class Chosen implements NodeFilter {
    @Override
    public boolean admits(Shape pod, NodeView node) {
        return pod.choice().admits(node.name(), node.known().labels());
    }

    @Override
    public List<Refusal> refusals(Shape pod, NodeView node) {
        return List.of(
                new Refusal(
                        "NodeAffinity",
                        "node(s) didn't match Pod's node affinity/selector",
                        "needs a node with " + pod.choice(),
                        true));
    }
}

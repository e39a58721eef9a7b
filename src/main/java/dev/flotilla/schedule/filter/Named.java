package dev.flotilla.schedule.filter;

import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;

import java.util.List;

/// A pod that names its node runs on no other.
final class Named implements NodeFilter {
    @Override
    public boolean admits(Shape pod, NodeView node) {
        return pod.nodeName() == null || pod.nodeName().equals(node.name());
    }

    @Override
    public List<Refusal> refusals(Shape pod, NodeView node) {
        return List.of(
                new Refusal(
                        "NodeName",
                        "node(s) didn't match the requested node name",
                        "asks for node " + pod.nodeName(),
                        true));
    }
}

package dev.flotilla.schedule.filter;

import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Refusal;

import java.util.List;

/// Where a pod's RuntimeClass can be had: on nodes whose engine has its handler, and on those that
/// do not say what theirs has.
///
/// @param handler the engine's name of it
public record Runtimes(String className, String handler) {
    public boolean admits(NodeView node) {
        var known = node.known().handlers();
        return known.isEmpty() || known.contains(handler);
    }

    /// Why not this node; empty if it will do.
    public List<Refusal> refusals(NodeView node) {
        return admits(node)
                ? List.of()
                : List.of(
                        new Refusal(
                                "RuntimeClass",
                                "node(s) didn't have the runtime handler of the pod's RuntimeClass",
                                "asks for RuntimeClass %s, whose handler %s is none of this node's engine"
                                        .formatted(className, handler),
                                true));
    }
}

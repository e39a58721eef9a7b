package dev.flotilla.schedule.filter;

import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;

import java.util.List;

/// One rule that a node must pass to take a pod, whatever there is on other nodes. Pure.
///
/// Asked in two ways: `admits` runs for many nodes a pod and makes nothing; `refusals` runs when a
/// person wants to know.
public interface NodeFilter {
    /// Of nodes that exist.
    boolean admits(Shape pod, NodeView node);

    /// Why not; only asked when it does not admit.
    List<Refusal> refusals(Shape pod, NodeView node);
}

package dev.flotilla.schedule;

import java.util.List;

/// One rule that a node must pass to take a pod. Pure.
///
/// Asked in two ways: `admits` runs for many nodes a pod and makes nothing; `refusals` runs when a
/// person wants to know.
interface Filter {
    boolean admits(PodView pod, NodeView.Facts facts, NodeView node);

    /// Why not; only asked when it does not admit.
    List<Refusal> refusals(PodView pod, NodeView.Facts facts, NodeView node);
}

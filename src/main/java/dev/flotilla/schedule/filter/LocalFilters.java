package dev.flotilla.schedule.filter;

import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;

import java.util.List;

/// The rules that need no look beyond the node, in the order in which its first refusal is told.
public final class LocalFilters {
    /// Decided by what the node says of itself, whatever pods it holds.
    private static final List<NodeFilter> FIXED =
            List.of(new Ready(), new Unschedulable(), new Named(), new Taints(), new Chosen());

    /// Decided by the pods it holds, too.
    private static final List<NodeFilter> BY_USE = List.of(new Ports(), new Fit());

    private LocalFilters() {}

    /// Whether the node would do if it held no pods.
    public static boolean admitsEmpty(Shape pod, NodeView node) {
        return all(FIXED, pod, node);
    }

    /// Whether the pods that the node holds leave room, if it would do otherwise.
    public static boolean leavesRoom(Shape pod, NodeView node) {
        return all(BY_USE, pod, node);
    }

    public static boolean admits(Shape pod, NodeView node) {
        return admitsEmpty(pod, node) && leavesRoom(pod, node);
    }

    /// The word of the first that refuses; empty when none does.
    public static List<Refusal> refusals(Shape pod, NodeView node) {
        var first = first(FIXED, pod, node);
        return first.isEmpty() ? first(BY_USE, pod, node) : first;
    }

    private static boolean all(List<NodeFilter> filters, Shape pod, NodeView node) {
        for (int i = 0; i < filters.size(); i++) {
            if (!filters.get(i).admits(pod, node)) {
                return false;
            }
        }
        return true;
    }

    private static List<Refusal> first(List<NodeFilter> filters, Shape pod, NodeView node) {
        for (var filter : filters) {
            if (!filter.admits(pod, node)) {
                return filter.refusals(pod, node);
            }
        }
        return List.of();
    }
}

package dev.flotilla.schedule.score;

import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Shape;

import java.util.function.BiConsumer;

/// The scores that need no look beyond the node.
public final class LocalScores {
    private static final NodeScore IMAGE = new ImageThere();
    private static final NodeScore NODES = new PreferredNodes();
    private static final NodeScore TAINTS = new FewTaints();
    private static final NodeScore LEAST = new LeastRequested();
    private static final NodeScore BALANCED = new Balanced();
    private static final NodeScore LOAD = new LittleLoad();

    private LocalScores() {}

    /// The weighted sum of what the node says of itself, whatever pods it holds.
    public static double fixed(Shape pod, NodeView node) {
        return weighted(Weight.IMAGE, IMAGE, pod, node)
                + weighted(Weight.NODE_AFFINITY, NODES, pod, node)
                + weighted(Weight.TAINTS, TAINTS, pod, node);
    }

    /// The weighted sum of what changes with its pods and its load.
    public static double byUse(Shape pod, NodeView node) {
        return weighted(Weight.LEAST_REQUESTED, LEAST, pod, node)
                + weighted(Weight.BALANCED, BALANCED, pod, node)
                + weighted(Weight.MEASURED_LOAD, LOAD, pod, node);
    }

    /// Tells each by itself, 0 to 100.
    public static void tell(Shape pod, NodeView node, BiConsumer<Weight, Double> to) {
        to.accept(Weight.IMAGE, IMAGE.of(pod, node));
        to.accept(Weight.NODE_AFFINITY, NODES.of(pod, node));
        to.accept(Weight.TAINTS, TAINTS.of(pod, node));
        to.accept(Weight.LEAST_REQUESTED, LEAST.of(pod, node));
        to.accept(Weight.BALANCED, BALANCED.of(pod, node));
        to.accept(Weight.MEASURED_LOAD, LOAD.of(pod, node));
    }

    private static double weighted(Weight weight, NodeScore score, Shape pod, NodeView node) {
        return weight.weight() * score.of(pod, node);
    }
}

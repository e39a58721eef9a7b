package dev.flotilla.schedule.score;

import java.util.Map;

/// What each score counts for. A node's total is the sum of its scores times these; but before any
/// total, the node with the fewest pods of the same app wins, see [#APP_SPREAD].
///
/// Weights are Kubernetes' defaults where it has the score.
public enum Weight {
    /// Ours: pods of one controller lie evenly over the nodes that take them, skew at most 1,
    /// before anything else is asked. For a pod that says itself how it is to be spread, or that it
    /// wants to be near its like, this is a score among others.
    APP_SPREAD("AppSpread", 2),
    /// How much would be left of CPU and memory that nobody requested.
    LEAST_REQUESTED("NodeResourcesFit", 1),
    /// How alike CPU and memory would be requested.
    BALANCED("NodeResourcesBalancedAllocation", 1),
    /// How much of its images is there already.
    IMAGE("ImageLocality", 1),
    /// How much of its preferred node affinity is met.
    NODE_AFFINITY("NodeAffinity", 2),
    /// How many pods that it would have near, or that would have it near, are there.
    POD_AFFINITY("InterPodAffinity", 2),
    /// How few taints with effect `PreferNoSchedule` it does not tolerate.
    TAINTS("TaintToleration", 3),
    /// How empty its domains are by its rules with `ScheduleAnyway`.
    TOPOLOGY_SPREAD("PodTopologySpread", 2),
    /// Ours: how little CPU and memory the node is seen to use.
    MEASURED_LOAD("MeasuredLoad", 1);

    private final String plugin;
    private final int weight;

    Weight(String plugin, int weight) {
        this.plugin = plugin;
        this.weight = weight;
    }

    /// The name by which reviews tell the score: that of Kubernetes' plugin, where it has one.
    public String plugin() {
        return plugin;
    }

    public int weight() {
        return weight;
    }

    /// What a node's scores come to.
    public static double total(Map<Weight, Double> scores) {
        return scores.entrySet().stream().mapToDouble(e -> e.getKey().weight * e.getValue()).sum();
    }
}

package dev.flotilla.model;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The scheduler's answer at this moment.
///
/// @param nodes every node, in name order; when a node is lost, those that remain, with no answer
/// @param roomFor how many more replicas would find a place, all nodes together; at most 1,000.
///   When a node is lost, how many of its pods would
/// @param pods those of a lost node, in the order in which they would be placed; null otherwise
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlacementReviewStatus(
        List<NodeAnswer> nodes, int roomFor, @Nullable List<PodAnswer> pods) {
    /// The answer for one node.
    ///
    /// @param refusal why it can't run there, in words for a person; null if it can
    /// @param refusals the same, filter by filter; empty if it can
    /// @param scores what each score gives it, empty if it can't
    /// @param total the sum of the scores, each times its weight; null if it can't
    /// @param rank 1 for the node that the scheduler would choose, 2 for its next choice …; null if
    ///   it can't
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NodeAnswer(
            String name,
            @Nullable String refusal,
            List<FilterAnswer> refusals,
            List<ScoreAnswer> scores,
            @Nullable Integer total,
            @Nullable Integer rank) {}

    /// Why one filter refuses a node.
    ///
    /// @param plugin its name, Kubernetes' where it has one
    /// @param reason Kubernetes' words
    /// @param sentence for a person
    public record FilterAnswer(String plugin, String reason, String sentence) {}

    /// What one score gives a node.
    ///
    /// @param plugin its name, Kubernetes' where it has one
    /// @param score 0 worst to 100 best
    public record ScoreAnswer(String plugin, int score, int weight) {}

    /// Where a pod of a lost node would go.
    ///
    /// @param node null for nowhere
    /// @param message why nowhere, in Kubernetes' words; null if somewhere
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PodAnswer(
            String namespace, String name, @Nullable String node, @Nullable String message) {}
}

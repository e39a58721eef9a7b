package dev.flotilla.model;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The scheduler's answer at this moment.
///
/// @param nodes every node, in name order
/// @param roomFor how many more replicas would find a place, all nodes together; at most 1,000
public record PlacementReviewStatus(List<NodeAnswer> nodes, int roomFor) {
    /// The answer for one node.
    ///
    /// @param refusal why it can't run there, in words for a person; null if it can
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NodeAnswer(String name, @Nullable String refusal) {}
}

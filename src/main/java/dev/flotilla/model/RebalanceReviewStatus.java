package dev.flotilla.model;

import java.util.List;

/// What rebalancing would do from this moment on if nothing else changed.
///
/// @param moves in order, at most 100
/// @param held apps that lie unevenly and must stay, in name order
public record RebalanceReviewStatus(List<PodMove> moves, List<Held> held) {
    /// A pod that would move, with its replacement Ready first.
    ///
    /// @param app such as `Deployment default/web`
    /// @param reason in words for a person
    public record PodMove(
            String app, String namespace, String pod, String from, String to, String reason) {}

    /// @param app such as `Deployment default/web`
    /// @param reason in words for a person
    public record Held(String app, String reason) {}
}

package dev.flotilla.ui.state;

import dev.flotilla.model.ObjectKey;

import java.time.Instant;

/// A workload: a Deployment, or what else owns pods.
///
/// @param kind `Deployment`, `StatefulSet`, …
/// @param desired replicas asked for
/// @param pods how many of its pods count, see [PodState#counts]
/// @param updated pods of the newest template
/// @param image of its first container
/// @param message of the condition that says it is not well; empty if it is
public record AppState(
        ObjectKey key,
        String kind,
        int desired,
        int ready,
        int pods,
        int updated,
        String image,
        boolean paused,
        Instant created,
        String message) {
    /// Whether replicas can be added to it here.
    public boolean scalable() {
        return kind.equals("Deployment");
    }

    public boolean available() {
        return ready >= desired && message.isEmpty();
    }
}

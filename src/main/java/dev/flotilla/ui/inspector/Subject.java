package dev.flotilla.ui.inspector;

import dev.flotilla.ui.state.AppState;
import dev.flotilla.ui.state.EventState;
import dev.flotilla.ui.state.FleetState;
import dev.flotilla.ui.state.NodeState;
import dev.flotilla.ui.state.PodState;

import java.util.List;

/// What the inspector shows, as it is now.
sealed interface Subject {
    /// Nothing is selected, or it is gone: the cluster as a whole.
    record Cluster(FleetState state) implements Subject {}

    /// A workload with its pods.
    record App(AppState app, List<PodState> pods, List<EventState> events) implements Subject {}

    /// A pod.
    record Pod(PodState pod, List<EventState> events) implements Subject {}

    /// A node with its pods.
    record Node(NodeState node, List<PodState> pods, List<EventState> events) implements Subject {}
}

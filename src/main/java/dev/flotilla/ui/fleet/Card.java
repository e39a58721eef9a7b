package dev.flotilla.ui.fleet;

import dev.flotilla.ui.fleet.drag.Ghost;
import dev.flotilla.ui.state.AppState;
import dev.flotilla.ui.state.MachineState;
import dev.flotilla.ui.state.NodeState;
import dev.flotilla.ui.state.PodState;

import java.util.List;

/// A card of the map with its tiles.
///
/// @param slim there is room for a line and two thin bars only
record Card(Subject subject, Box box, boolean slim, List<Tile> tiles) {
    /// What it stands for.
    sealed interface Subject {
        /// Pods that no node has yet.
        record Unscheduled(int pods) implements Subject {}

        record OfNode(NodeState node) implements Subject {}

        /// A machine that is no node yet.
        record OfMachine(MachineState machine) implements Subject {}

        record OfApp(AppState app) implements Subject {}
    }

    /// A pod, or the ghost of one.
    record Tile(Occupant occupant, Box box) {}

    /// What a tile shows.
    sealed interface Occupant {
        record OfPod(PodState pod) implements Occupant {}

        record OfGhost(Ghost ghost) implements Occupant {}
    }
}

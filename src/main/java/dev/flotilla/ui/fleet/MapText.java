package dev.flotilla.ui.fleet;

import dev.flotilla.model.MachineStatus.Phase;
import dev.flotilla.ui.fleet.Card.Subject;
import dev.flotilla.ui.state.MachineState;
import dev.flotilla.ui.state.NodeState;
import dev.flotilla.ui.state.NodeState.Ready;

import java.util.Optional;

/// What stands on a card besides its tiles. The words are kubectl's and the cluster's, so they need
/// no translation.
final class MapText {
    private MapText() {}

    /// `Ready`, `NotReady`, `Ready,SchedulingDisabled`, as `kubectl get nodes` has it.
    static String status(NodeState node) {
        var ready = node.ready() == Ready.READY ? "Ready" : "NotReady";
        return node.cordoned() ? ready + ",SchedulingDisabled" : ready;
    }

    /// The line at the bottom of a card: what is wrong, or how far it has come.
    static Optional<String> foot(Subject subject) {
        return switch (subject) {
            case Subject.OfNode(var node) ->
                    node.ready() == Ready.READY ? Optional.empty() : Optional.of(node.message());
            case Subject.OfMachine(var machine) -> Optional.of(progress(machine));
            case Subject.OfApp(var app) -> Optional.of(app.message()).filter(m -> !m.isEmpty());
            case Subject.Unscheduled _ -> Optional.empty();
        };
    }

    static boolean failed(MachineState machine) {
        return machine.phase().equals(Phase.Failed.name());
    }

    private static String progress(MachineState machine) {
        return machine.message().isEmpty() ? machine.step() : machine.message();
    }
}

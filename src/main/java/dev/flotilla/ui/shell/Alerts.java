package dev.flotilla.ui.shell;

import dev.flotilla.model.MachineStatus;
import dev.flotilla.ui.state.FleetState;
import dev.flotilla.ui.state.MachineState;
import dev.flotilla.ui.state.NodeState;
import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.state.Selection;

import java.util.ArrayList;
import java.util.List;

/// What is wrong now, worst first.
final class Alerts {
    private Alerts() {}

    static List<Alert> of(FleetState state) {
        var all = new ArrayList<Alert>();
        for (var node : state.nodes()) {
            if (node.ready() != NodeState.Ready.READY) {
                all.add(new Alert.OfNode(node));
            }
        }
        for (var machine : state.machines()) {
            if (machine.phase().equals(MachineStatus.Phase.Failed.name())
                    || machine.phase().equals(MachineStatus.Phase.HostKeyUnknown.name())) {
                all.add(new Alert.OfMachine(machine));
            }
        }
        for (var pod : state.pods()) {
            if (pod.look() == PodState.Look.FAILED) {
                all.add(new Alert.OfPod(pod));
            }
        }
        return all;
    }

    /// One thing that is wrong.
    sealed interface Alert {
        record OfNode(NodeState node) implements Alert {}

        record OfMachine(MachineState machine) implements Alert {}

        record OfPod(PodState pod) implements Alert {}

        /// What to look at.
        default Selection about() {
            return switch (this) {
                case OfNode(var node) -> new Selection.OfNode(node.name());
                case OfMachine(var machine) -> new Selection.OfNode(machine.name());
                case OfPod(var pod) -> new Selection.OfPod(pod.key());
            };
        }
    }
}

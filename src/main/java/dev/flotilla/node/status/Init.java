package dev.flotilla.node.status;

import dev.flotilla.node.ContainerSpec.Restart;
import dev.flotilla.node.Shape;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How far a pod's init containers have come.
///
/// @param waitsFor names of those that are not done, and of sidecars that are not up
/// @param failed whether one failed for good
record Init(List<String> waitsFor, boolean failed) {

    static Init of(List<Container> containers, List<ContainerStatus> statuses, Restart restart) {
        var waitsFor = new ArrayList<String>();
        boolean failed = false;
        for (int i = 0; i < containers.size(); i++) {
            var state = statuses.get(i).getState();
            if (Shape.isSidecar(containers.get(i))) {
                if (state.getRunning() == null) {
                    waitsFor.add(containers.get(i).getName());
                }
                continue;
            }
            var ended = state.getTerminated();
            if (ended == null || ended.getExitCode() != 0) {
                waitsFor.add(containers.get(i).getName());
                failed |= ended != null && restart == Restart.NEVER;
            }
        }
        return new Init(List.copyOf(waitsFor), failed);
    }

    boolean done() {
        return waitsFor.isEmpty();
    }

    /// Of the whole pod, where the init containers decide it.
    Optional<String> phase() {
        return failed ? Optional.of("Failed") : Optional.empty();
    }

    String message() {
        return "containers with incomplete status: [" + String.join(" ", waitsFor) + "]";
    }
}

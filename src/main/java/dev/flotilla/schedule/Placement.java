package dev.flotilla.schedule;

import java.util.SortedMap;
import java.util.stream.Collectors;

/// Where a pod goes, or why nowhere.
public sealed interface Placement {
    /// @param node name of the node
    record On(String node) implements Placement {}

    /// No node takes the pod.
    ///
    /// @param nodes how many were asked
    /// @param reasons how many of them gave each reason
    record Nowhere(int nodes, SortedMap<String, Integer> reasons) implements Placement {

        /// One line, in the form of Kubernetes' event `FailedScheduling`.
        public String message() {
            if (nodes == 0) {
                return "no nodes available to schedule pods";
            }
            return reasons.entrySet().stream()
                    .map(e -> e.getValue() + " " + e.getKey())
                    .sorted()
                    .collect(
                            Collectors.joining(", ", "0/" + nodes + " nodes are available: ", "."));
        }
    }
}

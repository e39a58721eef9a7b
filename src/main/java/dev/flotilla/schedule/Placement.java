package dev.flotilla.schedule;

import dev.flotilla.schedule.facts.Refusal;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Where a pod goes, or why nowhere.
public sealed interface Placement {
    /// @param node name of the node
    record On(String node) implements Placement {}

    /// No node takes the pod.
    ///
    /// @param nodes how many were asked
    /// @param reasons how many of them gave each reason
    /// @param everywhere the reason that holds of all nodes alike; null for none
    /// @param plugins the filters that refused
    record Nowhere(
            int nodes,
            SortedMap<String, Integer> reasons,
            @Nullable String everywhere,
            Set<String> plugins)
            implements Placement {

        /// @param answers of every node
        static Nowhere of(Map<String, List<Refusal>> answers, @Nullable String everywhere) {
            var reasons = new TreeMap<String, Integer>();
            var plugins = new TreeSet<String>();
            for (var all : answers.values()) {
                for (var refusal : all) {
                    reasons.merge(refusal.reason(), 1, Integer::sum);
                    plugins.add(refusal.plugin());
                }
            }
            return new Nowhere(answers.size(), reasons, everywhere, plugins);
        }

        /// One line, in the form of Kubernetes' event `FailedScheduling`.
        public String message() {
            if (nodes == 0) {
                return "no nodes available to schedule pods";
            }
            return everywhere != null ? line(nodes, everywhere) : line(nodes, reasons);
        }

        /// How many nodes gave which reasons, in Kubernetes' form.
        public static String line(int nodes, SortedMap<String, Integer> reasons) {
            return line(
                    nodes,
                    reasons.entrySet().stream()
                            .map(e -> e.getValue() + " " + e.getKey())
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }

        private static String line(int nodes, String words) {
            return "0/" + nodes + " nodes are available: " + words + ".";
        }
    }
}

package dev.flotilla.ui.state;

import dev.flotilla.model.ObjectKey;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Where something could run, as the scheduler answers.
///
/// @param refusals of the nodes that can't take it, why not
/// @param roomFor how many more replicas find a place; empty when the cluster can't say (it is not
///   Flotilla)
public record Placement(Map<String, String> refusals, OptionalInt roomFor) {
    /// The answer of a cluster that can't be asked: no refusal is known.
    public static final Placement UNKNOWN = new Placement(Map.of(), OptionalInt.empty());

    public Placement {
        refusals = Map.copyOf(refusals);
    }

    /// Why `node` can't take it; empty if it can, or nobody knows.
    public Optional<String> refusal(String node) {
        return Optional.ofNullable(refusals.get(node));
    }

    /// What is asked.
    public sealed interface Question {
        /// Where could this pod move?
        record OfPod(ObjectKey pod) implements Question {}

        /// Where could this Deployment grow?
        record OfApp(ObjectKey app) implements Question {}
    }
}

package dev.flotilla.ui.state;

import dev.flotilla.model.ObjectKey;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Where something could run, as the scheduler answers.
///
/// @param refusals of the nodes that can't take it, why not
/// @param offers of the nodes that can take it, how well
/// @param roomFor how many more replicas find a place; empty when the cluster can't say (it is not
///   Flotilla)
public record Placement(
        Map<String, String> refusals, Map<String, Offer> offers, OptionalInt roomFor) {
    /// The answer of a cluster that can't be asked: no refusal is known.
    public static final Placement UNKNOWN = new Placement(Map.of(), Map.of(), OptionalInt.empty());

    public Placement {
        refusals = Map.copyOf(refusals);
        offers = Map.copyOf(offers);
    }

    /// How well a node would do.
    ///
    /// @param rank 1 for the scheduler's own choice, 2 for its next …
    /// @param points what its scores come to, each times its weight
    /// @param scores what each score gives it
    public record Offer(int rank, int points, List<Score> scores) {
        public Offer {
            scores = List.copyOf(scores);
        }
    }

    /// @param name that of the scheduler's plugin
    /// @param of 0 worst to 100 best
    public record Score(String name, int of, int weight) {}

    /// How well `node` would do; empty if it can't take it, or nobody knows.
    public Optional<Offer> offer(String node) {
        return Optional.ofNullable(offers.get(node));
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

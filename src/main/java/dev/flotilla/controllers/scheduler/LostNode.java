package dev.flotilla.controllers.scheduler;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.model.PlacementReviewStatus;
import dev.flotilla.model.PlacementReviewStatus.PodAnswer;
import dev.flotilla.schedule.ClusterView;
import dev.flotilla.schedule.Placement;
import dev.flotilla.schedule.StandingPod;
import dev.flotilla.schedule.facts.PodView;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Where the pods of a node would go, if it were lost.
final class LostNode {
    private LostNode() {}

    /// @param what a copy, to try things in
    static PlacementReviewStatus answer(ClusterView what, String node) {
        var pods = new ArrayList<>(what.below(Integer.MAX_VALUE).getOrDefault(node, List.of()));
        pods.removeIf(p -> p.leaving() || Set.of(node).equals(p.pod().shape().choice().names()));
        pods.sort(
                Comparator.comparing(
                                StandingPod::pod,
                                Comparator.comparingInt((PodView p) -> p.shape().priority())
                                        .reversed())
                        .thenComparing(p -> p.pod().key()));
        what.removeNode(node);
        pods.forEach(p -> what.remove(p.pod().key()));
        var answers = pods.stream().map(p -> answer(what, p.pod().anywhere())).toList();
        return new PlacementReviewStatus(
                what.nodes().stream().map(n -> PlacementReviews.silent(n, null)).toList(),
                (int) answers.stream().filter(a -> a.node() != null).count(),
                answers);
    }

    private static PodAnswer answer(ClusterView what, PodView pod) {
        var key = pod.key();
        return switch (what.place(pod)) {
            case Placement.On(var to) -> {
                what.put(PodView.of(replacement(key), pod.shape()), to, false);
                yield new PodAnswer(key.namespace(), key.name(), to, null);
            }
            case Placement.Nowhere nowhere ->
                    new PodAnswer(key.namespace(), key.name(), null, nowhere.message());
        };
    }

    private static ObjectKey replacement(ObjectKey key) {
        return new ObjectKey(key.namespace(), key.name() + "/again");
    }
}

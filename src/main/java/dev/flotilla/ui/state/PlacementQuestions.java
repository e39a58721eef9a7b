package dev.flotilla.ui.state;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.model.PlacementReview;
import dev.flotilla.model.PlacementReviewSpec;
import dev.flotilla.model.PlacementReviewStatus;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

import java.util.HashMap;
import java.util.OptionalInt;

/// Puts a [Placement.Question] to the API as a [PlacementReview].
final class PlacementQuestions {
    private PlacementQuestions() {}

    static Placement ask(KubernetesClient client, Placement.Question question) {
        var review = new PlacementReview();
        review.setMetadata(new ObjectMetaBuilder().withGenerateName("window-").build());
        review.setSpec(
                switch (question) {
                    case Placement.Question.OfPod(ObjectKey(var namespace, var name)) ->
                            new PlacementReviewSpec(namespace, name, null, null);
                    case Placement.Question.OfApp(ObjectKey(var namespace, var name)) ->
                            new PlacementReviewSpec(namespace, null, name, null);
                });
        var status = client.resource(review).create().getStatus();
        if (status == null) {
            return Placement.UNKNOWN;
        }
        var refusals = new HashMap<String, String>();
        var offers = new HashMap<String, Placement.Offer>();
        for (var node : status.nodes()) {
            if (node.refusal() != null) {
                refusals.put(node.name(), node.refusal());
            } else if (node.rank() != null && node.total() != null) {
                offers.put(node.name(), offer(node.rank(), node.total(), node));
            }
        }
        return new Placement(refusals, offers, OptionalInt.of(status.roomFor()));
    }

    private static Placement.Offer offer(
            int rank, int total, PlacementReviewStatus.NodeAnswer node) {
        return new Placement.Offer(
                rank,
                total,
                node.scores().stream()
                        .map(s -> new Placement.Score(s.plugin(), s.score(), s.weight()))
                        .toList());
    }
}

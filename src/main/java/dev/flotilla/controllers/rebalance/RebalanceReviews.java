package dev.flotilla.controllers.rebalance;

import dev.flotilla.cluster.Informers;
import dev.flotilla.model.RebalanceReviewStatus;
import dev.flotilla.model.RebalanceReviewStatus.Held;
import dev.flotilla.model.RebalanceReviewStatus.PodMove;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Answers what rebalancing would do from here on, without doing it.
public final class RebalanceReviews implements UnaryOperator<ObjectNode> {
    private static final JsonMapper TREES = JsonMapper.shared();
    private static final int MOST = 100;

    private final Informers informers;
    private final Supplier<RebalancePlan> plan;

    RebalanceReviews(Informers informers, Supplier<RebalancePlan> plan) {
        this.informers = informers;
        this.plan = plan;
    }

    @Override
    public ObjectNode apply(ObjectNode review) {
        informers.pump();
        var now = plan.get();
        var moves =
                now.ahead(MOST).stream()
                        .map(
                                m ->
                                        new PodMove(
                                                m.app(),
                                                m.pod().getMetadata().getNamespace(),
                                                m.pod().getMetadata().getName(),
                                                m.from(),
                                                m.to(),
                                                m.why()))
                        .toList();
        var held =
                now.held().entrySet().stream()
                        .map(e -> new Held(e.getKey(), e.getValue()))
                        .toList();
        var answered = review.deepCopy();
        answered.set("status", TREES.valueToTree(new RebalanceReviewStatus(moves, held)));
        return answered;
    }
}

package dev.flotilla.controllers.scheduler;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informers;
import dev.flotilla.controllers.deployment.Revisions;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.model.PlacementReviewSpec;
import dev.flotilla.model.PlacementReviewStatus;
import dev.flotilla.model.PlacementReviewStatus.FilterAnswer;
import dev.flotilla.model.PlacementReviewStatus.NodeAnswer;
import dev.flotilla.model.PlacementReviewStatus.ScoreAnswer;
import dev.flotilla.schedule.ClusterView;
import dev.flotilla.schedule.facts.PodView;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.score.Weight;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Answers where one more replica, or a pod that is moved, could run: the same rules by which the
/// scheduler decides.
public final class PlacementReviews implements UnaryOperator<ObjectNode> {
    private static final JsonMapper TREES = JsonMapper.shared();
    private static final int MOST = 1000;

    private final Cluster cluster;
    private final Informers informers;
    private final Scheduling scheduling;

    public PlacementReviews(Cluster cluster, Informers informers, Scheduling scheduling) {
        this.cluster = cluster;
        this.informers = informers;
        this.scheduling = scheduling;
    }

    @Override
    public ObjectNode apply(ObjectNode review) {
        var spec = TREES.treeToValue(review.path("spec"), PlacementReviewSpec.class);
        informers.pump();
        var lost = spec.node();
        var status =
                lost != null
                        ? scheduling.ask(view -> LostNode.answer(view, lost))
                        : asked(spec).map(this::answer).orElseGet(() -> nothing(spec));
        var answered = review.deepCopy();
        answered.set("status", TREES.valueToTree(status));
        return answered;
    }

    /// What is asked about.
    ///
    /// @param on the node it runs on
    private record Asked(PodView pod, @Nullable String on) {}

    private Optional<Asked> asked(PlacementReviewSpec spec) {
        if (spec.pod() != null) {
            return cluster.get(Pod.class, key(spec, spec.pod()))
                    .map(p -> new Asked(PodView.of(p).anywhere(), PodState.node(p)));
        }
        return Optional.ofNullable(spec.deployment())
                .flatMap(d -> cluster.get(Deployment.class, key(spec, d)))
                .map(d -> new Asked(oneMore(d), null));
    }

    /// Its pods are those of the set of its template; before there is one nothing is spread yet.
    private PodView oneMore(Deployment deployment) {
        var uid = deployment.getMetadata().getUid();
        var sets = Owners.ownedByUid(uid, Owners.index(informers.of(ReplicaSet.class)));
        var owner =
                Revisions.current(deployment, sets).map(s -> s.getMetadata().getUid()).orElse("");
        return PodView.of(ObjectKey.of(deployment), owner, deployment.getSpec().getTemplate());
    }

    private PlacementReviewStatus answer(Asked asked) {
        return scheduling.ask(view -> answer(view, asked));
    }

    private static PlacementReviewStatus answer(ClusterView view, Asked asked) {
        var scores = view.scores(asked.pod());
        var ranked = new ArrayList<>(view.ranked(asked.pod()));
        ranked.remove(asked.on());
        var nodes =
                view.explain(asked.pod()).entrySet().stream()
                        .map(
                                e ->
                                        answer(
                                                e.getKey(),
                                                e.getKey().equals(asked.on()),
                                                e.getValue(),
                                                scores.getOrDefault(e.getKey(), Map.of()),
                                                ranked.indexOf(e.getKey())))
                        .toList();
        return new PlacementReviewStatus(nodes, view.roomFor(asked.pod(), MOST), null);
    }

    private static NodeAnswer answer(
            String node,
            boolean there,
            List<Refusal> refusals,
            Map<Weight, Double> scores,
            int before) {
        return new NodeAnswer(
                node,
                there ? "it runs here" : sentence(refusals),
                refusals.stream()
                        .map(r -> new FilterAnswer(r.plugin(), r.reason(), r.sentence()))
                        .toList(),
                scores.entrySet().stream()
                        .map(
                                s ->
                                        new ScoreAnswer(
                                                s.getKey().plugin(),
                                                (int) Math.round(s.getValue()),
                                                s.getKey().weight()))
                        .toList(),
                scores.isEmpty() ? null : (int) Math.round(Weight.total(scores)),
                before < 0 ? null : before + 1);
    }

    private static ObjectKey key(PlacementReviewSpec spec, String name) {
        return new ObjectKey(Objects.requireNonNullElse(spec.namespace(), ""), name);
    }

    private PlacementReviewStatus nothing(PlacementReviewSpec spec) {
        var name = spec.pod() != null ? "pod " + spec.pod() : "deployment " + spec.deployment();
        var why = "there is no %s in %s".formatted(name, spec.namespace());
        var nodes = scheduling.ask(view -> view.nodes().stream().map(n -> silent(n, why)).toList());
        return new PlacementReviewStatus(nodes, 0, null);
    }

    /// A node that was not asked.
    static NodeAnswer silent(String node, @Nullable String why) {
        return new NodeAnswer(node, why, List.of(), List.of(), null, null);
    }

    private static @Nullable String sentence(List<Refusal> refusals) {
        return refusals.isEmpty()
                ? null
                : refusals.stream().map(Refusal::sentence).collect(Collectors.joining("; "));
    }
}

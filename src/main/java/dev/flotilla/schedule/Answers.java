package dev.flotilla.schedule;

import dev.flotilla.schedule.facts.PodView;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.filter.LocalFilters;
import dev.flotilla.schedule.score.Weight;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What a [ClusterView] answers about one pod. Changes nothing that lasts.
final class Answers {
    private final ClusterView view;
    private final NodeTable nodes;
    private final Standing standing;
    private final Plans plans;

    Answers(ClusterView view, NodeTable nodes, Standing standing) {
        this.view = view;
        this.nodes = nodes;
        this.standing = standing;
        plans = new Plans(view);
    }

    Placement place(PodView pod) {
        return lifting(
                pod,
                () -> {
                    var wish = settled(pod);
                    int best = best(wish);
                    return best < 0 ? nowhere(wish) : new Placement.On(nodes.at(best).name());
                });
    }

    SortedMap<String, List<Refusal>> explain(PodView pod) {
        return lifting(pod, () -> answers(settled(pod)));
    }

    List<Refusal> explain(PodView pod, String node) {
        int place = nodes.find(node).orElseThrow();
        return lifting(pod, () -> refusals(plans.of(pod.shape()), settled(pod), place));
    }

    private SortedMap<String, List<Refusal>> answers(PodView wish) {
        var plan = plans.of(wish.shape());
        var answers = new TreeMap<String, List<Refusal>>();
        for (int i = 0; i < nodes.size(); i++) {
            var node = nodes.at(i);
            if (node.facts() != null) {
                answers.put(node.name(), refusals(plan, wish, i));
            }
        }
        return answers;
    }

    boolean admits(PodView pod, String node) {
        var place = nodes.find(node);
        return place.isPresent()
                && nodes.at(place.getAsInt()).facts() != null
                && (pod.placeOn() == null || pod.placeOn().equals(node))
                && lifting(pod, () -> plans.of(pod.shape()).admits(place.getAsInt()));
    }

    SortedMap<String, Map<Weight, Double>> scores(PodView pod) {
        var plan = plans.of(pod.shape());
        var scores = new TreeMap<String, Map<Weight, Double>>();
        plan.scores(standing.replicas(pod.shape().owner()))
                .forEach((place, of) -> scores.put(nodes.at(place).name(), of));
        return scores;
    }

    List<String> ranked(PodView pod) {
        var plan = plans.of(pod.shape());
        var replicas = standing.replicas(pod.shape().owner());
        return plan.scores(replicas).entrySet().stream()
                .map(
                        e ->
                                new Choice(
                                        nodes.at(e.getKey()).name(),
                                        plan.ahead(replicas, e.getKey()),
                                        Weight.total(e.getValue())))
                .sorted()
                .map(Choice::node)
                .toList();
    }

    boolean admitsLocally(Shape pod, String node) {
        var place = nodes.find(node);
        return place.isPresent() && admitsLocally(pod, place.getAsInt());
    }

    private int best(PodView wish) {
        var shape = wish.shape();
        if (wish.placeOn() != null) {
            return only(wish.shape(), wish.placeOn());
        }
        int nominated = wish.nominated() == null ? -1 : only(shape, wish.nominated());
        if (nominated >= 0) {
            return nominated;
        }
        var names = shape.choice().names();
        return names != null && names.size() == 1
                ? only(shape, names.iterator().next())
                : plans.of(shape).best(standing.replicas(shape.owner()));
    }

    /// The place of that node if it passes all filters, -1 if it does not.
    private int only(Shape shape, String name) {
        var place = nodes.find(name);
        if (place.isEmpty() || !admitsLocally(shape, place.getAsInt())) {
            return -1;
        }
        boolean alone =
                shape.near().isEmpty()
                        && shape.spread().isEmpty()
                        && shape.claims().isEmpty()
                        && !view.anyCares();
        return alone || plans.of(shape).admits(place.getAsInt()) ? place.getAsInt() : -1;
    }

    private boolean admitsLocally(Shape shape, int place) {
        var node = nodes.at(place);
        return node.facts() != null && LocalFilters.admits(shape, node);
    }

    private List<Refusal> refusals(Plan plan, PodView pod, int place) {
        return pod.placeOn() != null && !pod.placeOn().equals(nodes.at(place).name())
                ? List.of(
                        new Refusal(
                                "PlaceOn",
                                "node(s) weren't the node the pod is to be placed on",
                                "to be placed on " + pod.placeOn(),
                                true))
                : plan.refusals(place);
    }

    private Placement nowhere(PodView pod) {
        return Placement.Nowhere.of(answers(pod), plans.of(pod.shape()).everywhere());
    }

    /// A pod is placed on a node as long as that node takes pods at all.
    private PodView settled(PodView pod) {
        return pod.placeOn() == null || pod.nowhereElse() || view.open(pod.placeOn())
                ? pod
                : pod.placed(null, false);
    }

    /// Answers as if nothing were kept for this pod itself, nor for pods of a lower priority.
    private <R> R lifting(PodView pod, Supplier<R> answer) {
        var lifted = standing.reservedBelow(pod);
        lifted.forEach(b -> view.release(b.pod().key()));
        try {
            return answer.get();
        } finally {
            lifted.forEach(b -> view.reserve(b.pod(), nodes.at(b.place()).name()));
        }
    }

    /// @param ahead how many pods count before the points
    private record Choice(String node, int ahead, double points) implements Comparable<Choice> {
        private static final Comparator<Choice> BETTER =
                Comparator.comparingInt(Choice::ahead)
                        .thenComparing(Comparator.comparingDouble(Choice::points).reversed())
                        .thenComparing(Choice::node);

        @Override
        public int compareTo(Choice other) {
            return BETTER.compare(this, other);
        }
    }
}

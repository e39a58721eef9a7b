package dev.flotilla.controllers.rebalance;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.controllers.disruption.Disruptions;
import dev.flotilla.controllers.rebalance.RebalancePlan.Step;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Moves pods that could lie more evenly, one at a time; see [RebalancePlan] for when and which.
public final class Rebalancing implements Reconciler {
    /// There is one thing to look at.
    private static final ObjectKey ALL = ObjectKey.of("cluster");

    /// Changes of so long are looked at together.
    private static final Duration PACE = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final Apps apps;
    private final Informer<Node> nodes;
    private final Informer<PodDisruptionBudget> budgets;
    private final Function<Pod, Set<String>> takers;
    private final InstantSource time;
    private final EventRecorder events;

    private Rebalancing(
            Cluster cluster,
            Informers informers,
            Function<Pod, Set<String>> takers,
            InstantSource time,
            EventRecorder events) {
        this.cluster = cluster;
        this.apps = new Apps(informers);
        this.nodes = informers.of(Node.class);
        this.budgets = informers.of(PodDisruptionBudget.class);
        this.takers = takers;
        this.time = time;
        this.events = events;
    }

    /// The loop, and what answers questions about what it would do.
    public record Started(Loop loop, RebalanceReviews reviews) {}

    /// @param takers the nodes that a pod could be placed on now, by the scheduler's picture
    public static Started loop(
            Cluster cluster,
            Informers informers,
            Function<Pod, Set<String>> takers,
            InstantSource time,
            EventRecorder events) {
        var rebalancing = new Rebalancing(cluster, informers, takers, time, events);
        var loop = new Loop("rebalance", rebalancing, informers, time);
        informers.of(Node.class).listen(_ -> loop.markAfter(ALL, PACE));
        informers.of(Pod.class).listen(_ -> loop.markAfter(ALL, PACE));
        informers.of(Deployment.class).listen(_ -> loop.markAfter(ALL, PACE));
        informers.of(Namespace.class).listen(_ -> loop.markAfter(ALL, PACE));
        informers.of(PodDisruptionBudget.class).listen(_ -> loop.markAfter(ALL, PACE));
        return new Started(loop, new RebalanceReviews(informers, rebalancing::plan));
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        return switch (plan().next()) {
            case Step.Begin(var move) -> begin(move);
            case Step.CallOff(var pod, var why) -> callOff(pod, why);
            case Step.Rest(var delay) -> delay.map(Outcome::again).orElse(Outcome.SETTLED);
        };
    }

    private RebalancePlan plan() {
        var now = time.instant();
        return new RebalancePlan(
                apps.all(), new Machines(List.copyOf(nodes.all()), now), takers, this::budget, now);
    }

    private Outcome begin(Move move) {
        var pod = move.pod();
        var marked =
                new PodBuilder(pod)
                        .editMetadata()
                        .addToAnnotations(Marks.MOVE_TO, move.to())
                        .addToAnnotations(
                                Marks.REBALANCED,
                                time.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                        .endMetadata()
                        .build();
        if (!cluster.update(pod, marked).done()) {
            return Outcome.again(PACE);
        }
        events.normal(
                pod,
                "Rebalancing",
                "Moves from %s to %s: %s".formatted(move.from(), move.to(), move.why()));
        return Outcome.again(RebalancePlan.BETWEEN);
    }

    private Outcome callOff(Pod pod, String why) {
        var after =
                new PodBuilder(pod)
                        .editMetadata()
                        .removeFromAnnotations(Marks.MOVE_TO)
                        .endMetadata()
                        .build();
        if (cluster.update(pod, after).done()) {
            events.warning(pod, "RebalancingFailed", "Stays on its node: " + why);
        }
        return Outcome.again(PACE);
    }

    private Optional<String> budget(Pod pod) {
        var namespace = pod.getMetadata().getNamespace();
        return budgets.all().stream()
                .filter(b -> namespace.equals(b.getMetadata().getNamespace()))
                .filter(b -> Disruptions.selects(b, pod) && !allows(b))
                .map(b -> "its budget " + b.getMetadata().getName() + " lets no pod go now")
                .findFirst();
    }

    private static boolean allows(PodDisruptionBudget budget) {
        var status = budget.getStatus();
        return status != null
                && Objects.requireNonNullElse(status.getDisruptionsAllowed(), 0) > 0
                && Objects.requireNonNullElse(status.getObservedGeneration(), 0L)
                        >= Objects.requireNonNullElse(budget.getMetadata().getGeneration(), 0L);
    }
}

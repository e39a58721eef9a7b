package dev.flotilla.controllers.disruption;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatusBuilder;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Keeps the status of disruption budgets: how many of their pods may go at this time.
public final class Disruptions implements Reconciler {
    private static final String NAMESPACE = "namespace";

    private final Cluster cluster;
    private final Informer<PodDisruptionBudget> budgets;
    private final Informer<Pod> pods;
    private final ExpectedPods expected;
    private final InstantSource time;

    private Disruptions(Cluster cluster, Informers informers, InstantSource time) {
        this.cluster = cluster;
        this.budgets = indexed(informers.of(PodDisruptionBudget.class));
        this.pods = indexed(informers.of(Pod.class));
        this.expected = new ExpectedPods(informers);
        this.time = time;
    }

    public static Loop loop(Cluster cluster, Informers informers, InstantSource time) {
        var reconciler = new Disruptions(cluster, informers, time);
        var loop = Loop.resting("disruption", reconciler, informers, time);
        reconciler.budgets.listen(
                change -> {
                    if (change instanceof Change.Put) {
                        loop.mark(ObjectKey.of(change.object()));
                    }
                });
        reconciler.pods.listen(
                change ->
                        reconciler.over(change.object()).forEach(b -> loop.mark(ObjectKey.of(b))));
        return loop;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = budgets.get(key).filter(b -> !Owners.leaving(b));
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var budget = found.get();
        var selected =
                pods.by(NAMESPACE, key.namespace()).stream()
                        .filter(p -> selects(budget, p))
                        .toList();
        var status =
                BudgetStatuses.of(budget, selected, expected.of(budget, selected), time.instant());
        if (!same(budget.getStatus(), status)) {
            var after = new PodDisruptionBudgetBuilder(budget).withStatus(status).build();
            if (!cluster.updateStatus(budget, after).done()) {
                return Outcome.again(Duration.ZERO);
            }
        }
        return earliest(evictions(status)).map(Outcome::again).orElse(Outcome.SETTLED);
    }

    private static List<Instant> evictions(PodDisruptionBudgetStatus status) {
        var evicted = status.getDisruptedPods();
        return evicted == null ? List.of() : evicted.values().stream().map(Instant::parse).toList();
    }

    private static boolean same(
            @Nullable PodDisruptionBudgetStatus was, PodDisruptionBudgetStatus is) {
        if (was == null) {
            return false;
        }
        var evicted = Objects.requireNonNullElse(was.getDisruptedPods(), Map.<String, String>of());
        return new PodDisruptionBudgetStatusBuilder(was)
                .withDisruptedPods(evicted)
                .build()
                .equals(is);
    }

    /// When the first of the evicted pods is given up on, if it has not gone by then.
    private Optional<Duration> earliest(List<Instant> evicted) {
        return evicted.stream()
                .min(Instant::compareTo)
                .map(at -> Duration.between(time.instant(), at.plus(BudgetStatuses.PATIENCE)))
                .map(left -> left.isNegative() ? Duration.ZERO : left);
    }

    private List<PodDisruptionBudget> over(Pod pod) {
        return budgets.by(NAMESPACE, ObjectKey.of(pod).namespace()).stream()
                .filter(b -> selects(b, pod))
                .toList();
    }

    /// An empty selector selects all pods of the namespace, none selects none.
    public static boolean selects(PodDisruptionBudget budget, Pod pod) {
        var selector = budget.getSpec() == null ? null : budget.getSpec().getSelector();
        if (selector == null) {
            return false;
        }
        var labels = selector.getMatchLabels();
        boolean all =
                (labels == null || labels.isEmpty()) && selector.getMatchExpressions().isEmpty();
        return all || Owners.selects(selector, pod);
    }

    private static <T extends HasMetadata> Informer<T> indexed(Informer<T> informer) {
        informer.indexBy(NAMESPACE, Disruptions::namespace);
        return informer;
    }

    private static List<String> namespace(HasMetadata object) {
        return List.of(ObjectKey.of(object).namespace());
    }
}

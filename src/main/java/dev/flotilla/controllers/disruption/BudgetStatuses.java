package dev.flotilla.controllers.disruption;

import dev.flotilla.controllers.disruption.ExpectedPods.Expected;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatusBuilder;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a disruption budget says of its pods at a moment.
final class BudgetStatuses {
    /// An evicted pod counts as gone for so long; if it is still there then, it will stay.
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String CONDITION = "DisruptionAllowed";

    private BudgetStatuses() {}

    /// @param pods that the budget selects
    static PodDisruptionBudgetStatus of(
            PodDisruptionBudget budget, List<Pod> pods, Expected expected, Instant now) {
        var was = budget.getStatus();
        var evicted = evicted(was, pods, now);
        int healthy = healthy(pods, evicted);
        return switch (expected) {
            case Expected.Unknown(var why) -> failed(budget, why, now);
            case Expected.Count(var count, var desired) -> {
                int allowed = count <= 0 ? 0 : Math.max(0, healthy - desired);
                yield new PodDisruptionBudgetStatusBuilder()
                        .withCurrentHealthy(healthy)
                        .withDesiredHealthy(desired)
                        .withExpectedPods(count)
                        .withDisruptionsAllowed(allowed)
                        .withDisruptedPods(evicted)
                        .withObservedGeneration(budget.getMetadata().getGeneration())
                        .withConditions(
                                conditions(
                                        budget,
                                        allowed > 0,
                                        allowed > 0 ? "SufficientPods" : "InsufficientPods",
                                        "",
                                        now))
                        .build();
            }
        };
    }

    /// Without knowing how many pods there should be, none may go.
    private static PodDisruptionBudgetStatus failed(
            PodDisruptionBudget budget, String why, Instant now) {
        var was =
                budget.getStatus() == null
                        ? new PodDisruptionBudgetStatusBuilder()
                        : new PodDisruptionBudgetStatusBuilder(budget.getStatus());
        return was.withDisruptionsAllowed(0)
                .withObservedGeneration(budget.getMetadata().getGeneration())
                .withConditions(conditions(budget, false, "SyncFailed", why, now))
                .build();
    }

    /// Pods whose eviction was taken off the budget and that have not begun to go.
    private static Map<String, String> evicted(
            @Nullable PodDisruptionBudgetStatus was, List<Pod> pods, Instant now) {
        var known = was == null ? null : was.getDisruptedPods();
        var evicted = new LinkedHashMap<String, String>();
        if (known == null) {
            return evicted;
        }
        for (var pod : pods) {
            var at = known.get(pod.getMetadata().getName());
            if (at != null
                    && !Owners.leaving(pod)
                    && now.isBefore(Instant.parse(at).plus(PATIENCE))) {
                evicted.put(pod.getMetadata().getName(), at);
            }
        }
        return evicted;
    }

    private static int healthy(List<Pod> pods, Map<String, String> evicted) {
        return (int)
                pods.stream()
                        .filter(p -> !Owners.leaving(p))
                        .filter(p -> !evicted.containsKey(p.getMetadata().getName()))
                        .filter(PodState::ready)
                        .count();
    }

    private static List<Condition> conditions(
            PodDisruptionBudget budget, boolean allowed, String reason, String why, Instant now) {
        var status = allowed ? "True" : "False";
        var others = new ArrayList<Condition>();
        var since = now.truncatedTo(ChronoUnit.SECONDS).toString();
        var was = budget.getStatus();
        for (var condition : was == null ? List.<Condition>of() : was.getConditions()) {
            if (!condition.getType().equals(CONDITION)) {
                others.add(condition);
            } else if (Objects.equals(condition.getStatus(), status)) {
                since = condition.getLastTransitionTime();
            }
        }
        others.add(
                new ConditionBuilder()
                        .withType(CONDITION)
                        .withStatus(status)
                        .withReason(reason)
                        .withMessage(why)
                        .withLastTransitionTime(since)
                        .withObservedGeneration(budget.getMetadata().getGeneration())
                        .build());
        return others;
    }
}

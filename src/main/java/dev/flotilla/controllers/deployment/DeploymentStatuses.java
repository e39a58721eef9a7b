package dev.flotilla.controllers.deployment;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What a Deployment says of itself; `kubectl rollout status` reads these words.
///
/// @param made name of the set that was made just now, or null
/// @param refused why no set could be made just now, or null
record DeploymentStatuses(
        DeploymentPlan plan, @Nullable String made, @Nullable String refused, Instant now) {
    private static final String PROGRESSING = "Progressing";
    static final String DONE = "NewReplicaSetAvailable";
    private static final String LATE = "ProgressDeadlineExceeded";
    private static final String PAUSED = "DeploymentPaused";

    DeploymentStatus status() {
        var counted = counted();
        var conditions = new ArrayList<DeploymentCondition>();
        conditions.add(kept(available(counted)));
        progress(counted).ifPresent(conditions::add);
        failure().ifPresent(conditions::add);
        return new DeploymentStatusBuilder(counted).withConditions(conditions).build();
    }

    /// How long until the rollout counts as late; empty when it can't be.
    Optional<Duration> untilLate(DeploymentStatus status) {
        return condition(status, PROGRESSING)
                .filter(c -> !List.of(DONE, LATE).contains(c.getReason()) && !plan.paused())
                .flatMap(c -> deadline().map(d -> Instant.parse(c.getLastUpdateTime()).plus(d)))
                .map(at -> Duration.between(now, at))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    static boolean complete(Deployment deployment) {
        var status = deployment.getStatus();
        return status != null
                && complete(status, Bounds.of(deployment).desired())
                && Objects.requireNonNullElse(status.getObservedGeneration(), 0L)
                        >= Objects.requireNonNullElse(deployment.getMetadata().getGeneration(), 0L);
    }

    /// Whether it last said this reason of its progress.
    static boolean says(Deployment deployment, String reason) {
        return condition(deployment.getStatus(), PROGRESSING)
                .filter(c -> reason.equals(c.getReason()))
                .isPresent();
    }

    /// Whether the rollout to the set of that name was said to be late.
    static boolean late(Deployment deployment, String set) {
        return condition(deployment.getStatus(), PROGRESSING)
                .filter(c -> LATE.equals(c.getReason()))
                .filter(c -> c.getMessage().startsWith("ReplicaSet \"" + set + "\" "))
                .isPresent();
    }

    private static boolean complete(DeploymentStatus status, int desired) {
        return n(status.getUpdatedReplicas()) == desired
                && n(status.getReplicas()) == desired
                && n(status.getAvailableReplicas()) == desired;
    }

    private DeploymentStatus counted() {
        var before = plan.deployment().getStatus();
        int available = sum(s -> of(s, t -> t.getStatus().getAvailableReplicas()));
        int wished = sum(Revisions::size);
        return new DeploymentStatusBuilder()
                .withObservedGeneration(plan.deployment().getMetadata().getGeneration())
                .withReplicas(sum(s -> of(s, t -> t.getStatus().getReplicas())))
                .withUpdatedReplicas(
                        plan.current()
                                .map(s -> of(s.set(), t -> t.getStatus().getReplicas()))
                                .orElse(0))
                .withReadyReplicas(sum(s -> of(s, t -> t.getStatus().getReadyReplicas())))
                .withAvailableReplicas(available)
                .withUnavailableReplicas(Math.max(0, wished - available))
                .withCollisionCount(before == null ? null : before.getCollisionCount())
                .build();
    }

    private DeploymentConditionBuilder available(DeploymentStatus counted) {
        return n(counted.getAvailableReplicas()) >= plan.bounds().least()
                ? condition(
                        "Available",
                        "True",
                        "MinimumReplicasAvailable",
                        "Deployment has minimum availability.")
                : condition(
                        "Available",
                        "False",
                        "MinimumReplicasUnavailable",
                        "Deployment does not have minimum availability.");
    }

    private Optional<DeploymentCondition> progress(DeploymentStatus counted) {
        var before = before(PROGRESSING);
        if (deadline().isEmpty()) {
            return Optional.empty();
        }
        if (refused != null) {
            return Optional.of(
                    kept(condition(PROGRESSING, "False", "ReplicaSetCreateError", refused)));
        }
        if (plan.paused() && before.filter(c -> LATE.equals(c.getReason())).isPresent()) {
            return before;
        }
        if (plan.paused()) {
            return Optional.of(
                    kept(condition(PROGRESSING, "Unknown", PAUSED, "Deployment is paused")));
        }
        if (before.filter(c -> PAUSED.equals(c.getReason())).isPresent()) {
            return Optional.of(
                    kept(
                            condition(
                                    PROGRESSING,
                                    "Unknown",
                                    "DeploymentResumed",
                                    "Deployment is resumed")));
        }
        if (made != null) {
            return Optional.of(
                    fresh(
                            condition(
                                    PROGRESSING,
                                    "True",
                                    "NewReplicaSetCreated",
                                    "Created new replica set \"" + made + "\"")));
        }
        return plan.current().isEmpty()
                ? before
                : Optional.of(estimated(plan.current().get().set(), counted, before));
    }

    /// It went back by itself: `kubectl rollout status` is to say that the rollout failed.
    private DeploymentCondition wentBack(ReplicaSet current) {
        var message =
                "ReplicaSet \"%s\" is in use again, as the rollout failed: %s"
                        .formatted(
                                current.getMetadata().getName(),
                                Owners.notes(plan.deployment()).get(Marks.ROLLED_BACK_BECAUSE));
        return before(PROGRESSING)
                .filter(c -> message.equals(c.getMessage()))
                .orElseGet(() -> fresh(condition(PROGRESSING, "False", LATE, message)));
    }

    private DeploymentCondition estimated(
            ReplicaSet current, DeploymentStatus counted, Optional<DeploymentCondition> before) {
        var set = "ReplicaSet \"" + current.getMetadata().getName() + "\" ";
        if (AutoRollback.stands(plan.deployment(), current)) {
            return wentBack(current);
        }
        if (Owners.notes(plan.deployment()).containsKey(Marks.ROLLED_BACK_TO)) {
            return fresh(found(current));
        }
        boolean settled =
                n(counted.getReplicas()) == n(counted.getUpdatedReplicas())
                        && before.filter(c -> DONE.equals(c.getReason())).isPresent();
        if (settled && before.isPresent()) {
            return before.get();
        }
        if (complete(counted, plan.bounds().desired())) {
            return kept(condition(PROGRESSING, "True", DONE, set + "has successfully progressed."));
        }
        if (before.isEmpty()) {
            return fresh(found(current));
        }
        if (progressed(counted)) {
            return fresh(
                    condition(PROGRESSING, "True", "ReplicaSetUpdated", set + "is progressing."));
        }
        return late(before.get())
                ? kept(condition(PROGRESSING, "False", LATE, set + "has timed out progressing."))
                : before.get();
    }

    private static DeploymentConditionBuilder found(ReplicaSet set) {
        return condition(
                PROGRESSING,
                "True",
                "FoundNewReplicaSet",
                "Found new replica set \"" + set.getMetadata().getName() + "\"");
    }

    private boolean progressed(DeploymentStatus counted) {
        var was = plan.deployment().getStatus();
        if (was == null) {
            return true;
        }
        return n(counted.getUpdatedReplicas()) > n(was.getUpdatedReplicas())
                || outdated(counted) < outdated(was)
                || n(counted.getReadyReplicas()) > n(was.getReadyReplicas())
                || n(counted.getAvailableReplicas()) > n(was.getAvailableReplicas());
    }

    private boolean late(DeploymentCondition progress) {
        if (DONE.equals(progress.getReason())) {
            return false;
        }
        return LATE.equals(progress.getReason())
                || deadline()
                        .map(d -> Instant.parse(progress.getLastUpdateTime()).plus(d))
                        .filter(at -> !now.isBefore(at))
                        .isPresent();
    }

    private Optional<Duration> deadline() {
        return Optional.ofNullable(plan.deployment().getSpec().getProgressDeadlineSeconds())
                .filter(s -> s != Integer.MAX_VALUE)
                .map(Duration::ofSeconds);
    }

    private Optional<DeploymentCondition> failure() {
        return Stream.concat(plan.current().stream(), plan.old().stream())
                .map(Stock::set)
                .filter(s -> s.getStatus() != null)
                .flatMap(s -> s.getStatus().getConditions().stream())
                .filter(c -> c.getType().equals("ReplicaFailure"))
                .findFirst()
                .map(c -> kept(condition(c.getType(), "True", c.getReason(), c.getMessage())));
    }

    /// The condition as it was, if it says the same.
    private DeploymentCondition kept(DeploymentConditionBuilder next) {
        return before(next.getType())
                .filter(c -> c.getStatus().equals(next.getStatus()))
                .filter(c -> Objects.equals(c.getReason(), next.getReason()))
                .orElseGet(() -> fresh(next));
    }

    /// The condition with the time of now; its transition is older if only its reason changed.
    private DeploymentCondition fresh(DeploymentConditionBuilder next) {
        var second = now.truncatedTo(ChronoUnit.SECONDS).toString();
        return next.withLastUpdateTime(second)
                .withLastTransitionTime(
                        before(next.getType())
                                .filter(c -> c.getStatus().equals(next.getStatus()))
                                .map(DeploymentCondition::getLastTransitionTime)
                                .orElse(second))
                .build();
    }

    private Optional<DeploymentCondition> before(String type) {
        return condition(plan.deployment().getStatus(), type);
    }

    private static Optional<DeploymentCondition> condition(
            @Nullable DeploymentStatus status, String type) {
        return status == null
                ? Optional.empty()
                : status.getConditions().stream().filter(c -> c.getType().equals(type)).findFirst();
    }

    private static DeploymentConditionBuilder condition(
            String type, String status, String reason, String message) {
        return new DeploymentConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message);
    }

    private int sum(Function<ReplicaSet, Integer> count) {
        return plan.all().stream().map(Stock::set).mapToInt(count::apply).sum();
    }

    private static int of(ReplicaSet set, Function<ReplicaSet, @Nullable Integer> count) {
        return set.getStatus() == null ? 0 : n(count.apply(set));
    }

    private static int outdated(DeploymentStatus status) {
        return n(status.getReplicas()) - n(status.getUpdatedReplicas());
    }

    private static int n(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}

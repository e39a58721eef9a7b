package dev.flotilla.controllers.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.Given;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a Deployment says of its progress, by Kubernetes' rules.
class DeploymentStatusesTest {
    private static final int DEADLINE = 600;

    /// Counts are `all/updated/available`; the deployment wants three.
    ///
    /// @param age of the condition before, in seconds
    @ParameterizedTest(name = "after {0} {2} s ago, {1} then, {3} now{4}: {5} {6}")
    @CsvSource({
        "'', 3/3/0, 0, 3/3/0, '', True, FoundNewReplicaSet",
        "NewReplicaSetCreated, 0/0/0, 5, 1/1/0, '', True, ReplicaSetUpdated",
        "NewReplicaSetCreated, 1/1/0, 5, 1/1/0, '', True, NewReplicaSetCreated",
        "ReplicaSetUpdated, 4/1/3, 5, 3/1/3, '', True, ReplicaSetUpdated",
        "ReplicaSetUpdated, 4/1/3, 599, 4/1/3, '', True, ReplicaSetUpdated",
        "ReplicaSetUpdated, 4/1/3, 600, 4/1/3, '', False, ProgressDeadlineExceeded",
        "ReplicaSetUpdated, 4/1/3, 601, 4/2/3, '', True, ReplicaSetUpdated",
        "ReplicaSetUpdated, 4/1/3, 601, 4/1/4, '', True, ReplicaSetUpdated",
        "ReplicaSetUpdated, 4/3/3, 601, 3/3/3, '', True, NewReplicaSetAvailable",
        "ProgressDeadlineExceeded, 4/1/3, 5, 4/1/3, '', False, ProgressDeadlineExceeded",
        "ProgressDeadlineExceeded, 4/1/3, 5, 4/2/3, '', True, ReplicaSetUpdated",
        "ProgressDeadlineExceeded, 4/1/3, 5, 3/3/3, '', True, NewReplicaSetAvailable",
        "NewReplicaSetAvailable, 3/3/3, 9999, 3/3/2, '', True, NewReplicaSetAvailable",
        "NewReplicaSetAvailable, 3/3/3, 9999, 3/0/3, '', True, NewReplicaSetAvailable",
        "ReplicaSetUpdated, 4/1/3, 601, 4/1/3, ' paused', Unknown, DeploymentPaused",
        "ProgressDeadlineExceeded, 4/1/3, 5, 4/1/3, ' paused', False, ProgressDeadlineExceeded",
        "DeploymentPaused, 4/1/3, 9999, 4/1/3, '', Unknown, DeploymentResumed",
        "DeploymentResumed, 4/1/3, 5, 4/1/3, '', Unknown, DeploymentResumed",
        "DeploymentResumed, 4/1/3, 600, 4/1/3, '', False, ProgressDeadlineExceeded",
        "ReplicaSetUpdated, 4/1/3, 5, 4/1/3, ' made', True, NewReplicaSetCreated",
        "ReplicaSetUpdated, 4/1/3, 5, 4/1/3, ' refused', False, ReplicaSetCreateError",
    })
    void progress(
            String before,
            String then,
            int age,
            String now,
            String also,
            String status,
            String reason) {
        var deployment = deployment(before, then, age, also.equals(" paused"));
        var condition =
                condition(
                        new DeploymentStatuses(
                                        plan(deployment, now),
                                        also.equals(" made") ? "web-2" : null,
                                        also.equals(" refused") ? "no" : null,
                                        Given.NOW)
                                .status(),
                        "Progressing");
        assertThat(condition.getStatus()).isEqualTo(status);
        assertThat(condition.getReason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(ints = Integer.MAX_VALUE)
    void withoutADeadlineItSaysNothingOfProgress(@Nullable Integer deadline) {
        var deployment = deployment("ReplicaSetUpdated", "4/1/3", 5, false);
        deployment.getSpec().setProgressDeadlineSeconds(deadline);
        var statuses = new DeploymentStatuses(plan(deployment, "4/1/3"), "web-2", null, Given.NOW);
        assertThat(statuses.status().getConditions())
                .extracting(DeploymentCondition::getType)
                .containsExactly("Available");
        assertThat(statuses.untilLate(statuses.status())).isEmpty();
    }

    @Test
    void looksAgainWhenItWouldBeLate() {
        var deployment = deployment("ReplicaSetUpdated", "4/1/3", 100, false);
        var statuses = new DeploymentStatuses(plan(deployment, "4/1/3"), null, null, Given.NOW);
        assertThat(statuses.untilLate(statuses.status())).contains(Duration.ofSeconds(500));
    }

    @ParameterizedTest(name = "{0} of 3 available: {1}")
    @CsvSource({"3, True", "2, False"})
    void availableFromItsFloorOn(int available, String status) {
        var deployment = deployment("", "3/3/3", 0, false);
        var told =
                new DeploymentStatuses(plan(deployment, "3/3/" + available), null, null, Given.NOW)
                        .status();
        var condition = condition(told, "Available");
        assertThat(condition.getStatus()).isEqualTo(status);
        assertThat(condition.getReason())
                .isEqualTo(
                        status.equals("True")
                                ? "MinimumReplicasAvailable"
                                : "MinimumReplicasUnavailable");
    }

    @Test
    void theNewSetsFailureIsToldBeforeAnOldOnes() {
        var deployment = deployment("", "3/3/3", 0, false);
        var plan =
                new DeploymentPlan(
                        deployment,
                        Optional.of(stock(failing("web-2", "new"))),
                        List.of(stock(failing("web-1", "old"))));
        var condition =
                condition(
                        new DeploymentStatuses(plan, null, null, Given.NOW).status(),
                        "ReplicaFailure");
        assertThat(condition.getMessage()).isEqualTo("new");
        assertThat(condition.getReason()).isEqualTo("FailedCreate");
    }

    private static ReplicaSet failing(String name, String message) {
        return new ReplicaSetBuilder(set(name, 1, 0))
                .editStatus()
                .addNewCondition()
                .withType("ReplicaFailure")
                .withStatus("True")
                .withReason("FailedCreate")
                .withMessage(message)
                .endCondition()
                .endStatus()
                .build();
    }

    private static DeploymentPlan plan(Deployment deployment, String counts) {
        var n = counts.split("/", -1);
        int all = Integer.parseInt(n[0]);
        int updated = Integer.parseInt(n[1]);
        int available = Integer.parseInt(n[2]);
        int newAvailable = Math.min(updated, available);
        return new DeploymentPlan(
                deployment,
                Optional.of(stock(set("web-2", updated, newAvailable))),
                List.of(stock(set("web-1", all - updated, available - newAvailable))));
    }

    private static Stock stock(ReplicaSet set) {
        return new Stock(set, Revisions.size(set), 0, false);
    }

    private static ReplicaSet set(String name, int replicas, int available) {
        return new ReplicaSetBuilder(Given.set(name, replicas, available))
                .editStatus()
                .withReadyReplicas(available)
                .endStatus()
                .build();
    }

    private static Deployment deployment(String reason, String counts, int age, boolean paused) {
        var n = counts.split("/", -1);
        var at = Given.NOW.minusSeconds(age).toString();
        var builder =
                new DeploymentBuilder(Given.deployment(3, "1", "0"))
                        .editSpec()
                        .withProgressDeadlineSeconds(DEADLINE)
                        .withPaused(paused)
                        .endSpec()
                        .withNewStatus()
                        .withObservedGeneration(1L)
                        .withReplicas(Integer.parseInt(n[0]))
                        .withUpdatedReplicas(Integer.parseInt(n[1]))
                        .withReadyReplicas(Integer.parseInt(n[2]))
                        .withAvailableReplicas(Integer.parseInt(n[2]))
                        .endStatus();
        if (!reason.isEmpty()) {
            builder.editStatus()
                    .addNewCondition()
                    .withType("Progressing")
                    .withStatus(
                            switch (reason) {
                                case "ProgressDeadlineExceeded" -> "False";
                                case "DeploymentPaused", "DeploymentResumed" -> "Unknown";
                                default -> "True";
                            })
                    .withReason(reason)
                    .withMessage("ReplicaSet \"web-2\" was here.")
                    .withLastUpdateTime(at)
                    .withLastTransitionTime(at)
                    .endCondition()
                    .endStatus();
        }
        return builder.build();
    }

    private static DeploymentCondition condition(DeploymentStatus status, String type) {
        return status.getConditions().stream()
                .filter(c -> c.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }
}

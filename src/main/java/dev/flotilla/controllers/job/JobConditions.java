package dev.flotilla.controllers.job;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A Job's conditions, as they are to be.
final class JobConditions {
    static final String COMPLETE = "Complete";
    static final String FAILED = "Failed";
    static final String SUSPENDED = "Suspended";

    /// It will succeed, or fail, once its pods are gone.
    static final String SUCCESS_MET = "SuccessCriteriaMet";

    static final String FAILURE_TARGET = "FailureTarget";

    private final List<JobCondition> all;
    private final String now;

    JobConditions(Job job, Instant now) {
        this.all =
                job.getStatus() == null
                        ? new ArrayList<>()
                        : new ArrayList<>(job.getStatus().getConditions());
        this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static Optional<JobCondition> met(Job job, String type) {
        return new JobConditions(job, Instant.EPOCH).met(type);
    }

    /// Complete or failed for good.
    static Optional<JobCondition> finished(Job job) {
        return met(job, COMPLETE).or(() -> met(job, FAILED));
    }

    Optional<JobCondition> met(String type) {
        return find(type).filter(c -> c.getStatus().equals("True"));
    }

    Optional<JobCondition> find(String type) {
        return all.stream().filter(c -> c.getType().equals(type)).findFirst();
    }

    void set(String type, boolean holds, String reason, String message) {
        all.removeIf(c -> c.getType().equals(type));
        all.add(
                new JobConditionBuilder()
                        .withType(type)
                        .withStatus(holds ? "True" : "False")
                        .withReason(reason)
                        .withMessage(message)
                        .withLastProbeTime(now)
                        .withLastTransitionTime(now)
                        .build());
    }

    /// Says the same of another type.
    void follow(JobCondition condition, String type) {
        set(type, true, condition.getReason(), condition.getMessage());
    }

    List<JobCondition> all() {
        return List.copyOf(all);
    }
}

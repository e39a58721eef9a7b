package dev.flotilla.controllers.job;

import dev.flotilla.controllers.job.JobCrew.Change;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.UncountedTerminatedPods;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a Job is to do about its pods and to say of itself, decided without touching anything.
///
/// @param make pods to make
/// @param dismiss pods to delete whose end is not to count
/// @param stop pods to delete because the job ends
/// @param status what it says then, but for the pods that are made and deleted with it
/// @param release whose finalizer goes once the status is written
/// @param told what people are told, in order
/// @param again when to look again though nothing changed
record JobPlan(
        List<Pod> make,
        List<Pod> dismiss,
        List<Pod> stop,
        JobStatus status,
        List<Pod> release,
        List<Told> told,
        Optional<Duration> again) {

    /// @param warning whether it is bad news
    record Told(boolean warning, String reason, String message) {}

    /// @param pods those it controls
    static JobPlan of(Job job, List<Pod> pods, Instant now) {
        return JobConditions.finished(job).isPresent()
                ? finished(job, pods, now)
                : new Running(job, pods, now).plan();
    }

    /// Only its pods' finalizers are left to go, and itself when its time has come.
    private static JobPlan finished(Job job, List<Pod> pods, Instant now) {
        return new JobPlan(
                List.of(),
                List.of(),
                List.of(),
                job.getStatus(),
                pods.stream().filter(JobPods::held).toList(),
                List.of(),
                expiry(job).map(at -> Duration.between(now, at)).filter(Duration::isPositive));
    }

    /// When a job that is finished is to be deleted.
    static Optional<Instant> expiry(Job job) {
        var ttl = job.getSpec().getTtlSecondsAfterFinished();
        return JobConditions.finished(job)
                .filter(_ -> ttl != null)
                .map(c -> Instant.parse(c.getLastTransitionTime()).plusSeconds(ttl));
    }

    private static final class Running {
        private final Job job;
        private final List<Pod> pods;
        private final Instant now;
        private final Wish wish;
        private final JobConditions conditions;
        private final boolean ending;
        private final Tally tally;
        private final List<Pod> active;
        private final List<Told> told = new ArrayList<>();
        private @Nullable String start;
        private @Nullable String completion;

        Running(Job job, List<Pod> pods, Instant now) {
            this.job = job;
            this.pods = pods;
            this.now = now;
            wish = Wish.of(job);
            conditions = new JobConditions(job, now);
            ending =
                    conditions.met(JobConditions.FAILURE_TARGET).isPresent()
                            || conditions.met(JobConditions.SUCCESS_MET).isPresent();
            tally = new Tally(job, pods, ending);
            active = pods.stream().filter(PodState::active).toList();
            start = job.getStatus() == null ? null : job.getStatus().getStartTime();
        }

        JobPlan plan() {
            var verdict = new JobVerdict(job, wish, tally, active, now);
            if (!ending) {
                judge(verdict);
            }
            boolean ends =
                    conditions.met(JobConditions.FAILURE_TARGET).isPresent()
                            || conditions.met(JobConditions.SUCCESS_MET).isPresent();
            if (ends) {
                finish();
            } else {
                suspendOrResume();
            }
            if (start == null && !(wish.suspended() && !ends)) {
                start = seconds();
            }
            var change =
                    ends || Owners.leaving(job)
                            ? Change.NONE
                            : new JobCrew(job, wish, tally, pods, active, now).change();
            var again =
                    change.again().isPresent() && verdict.timeLeft().isPresent()
                            ? Optional.of(shorter(change.again().get(), verdict.timeLeft().get()))
                            : change.again().or(verdict::timeLeft);
            return new JobPlan(
                    change.make(),
                    change.remove(),
                    ends ? active : List.of(),
                    status(),
                    tally.release(),
                    told,
                    ends ? Optional.empty() : again);
        }

        private void judge(JobVerdict verdict) {
            var failure = verdict.failure();
            var success = failure.isPresent() ? failure : verdict.success(active.size());
            var type =
                    failure.isPresent() ? JobConditions.FAILURE_TARGET : JobConditions.SUCCESS_MET;
            success.ifPresent(b -> conditions.set(type, true, b.reason(), b.message()));
        }

        /// Once every pod is gone and counted.
        private void finish() {
            boolean busy =
                    !active.isEmpty()
                            || pods.stream().anyMatch(JobPods::terminating)
                            || !tally.endedWell().isEmpty()
                            || !tally.endedBadly().isEmpty();
            if (busy) {
                return;
            }
            conditions
                    .met(JobConditions.FAILURE_TARGET)
                    .ifPresent(
                            c -> {
                                conditions.follow(c, JobConditions.FAILED);
                                told.add(new Told(true, c.getReason(), c.getMessage()));
                            });
            conditions
                    .met(JobConditions.SUCCESS_MET)
                    .ifPresent(
                            c -> {
                                conditions.follow(c, JobConditions.COMPLETE);
                                completion = seconds();
                                told.add(new Told(false, "Completed", "Job completed"));
                            });
        }

        private void suspendOrResume() {
            boolean was = conditions.met(JobConditions.SUSPENDED).isPresent();
            if (wish.suspended() && !was) {
                conditions.set(JobConditions.SUSPENDED, true, "JobSuspended", "Job suspended");
                told.add(new Told(false, "Suspended", "Job suspended"));
                start = null;
            } else if (!wish.suspended() && was) {
                conditions.set(JobConditions.SUSPENDED, false, "JobResumed", "Job resumed");
                told.add(new Told(false, "Resumed", "Job resumed"));
                start = seconds();
            }
        }

        private JobStatus status() {
            int terminating = (int) pods.stream().filter(JobPods::terminating).count();
            var uncounted = new UncountedTerminatedPods();
            uncounted.setSucceeded(List.copyOf(tally.endedWell()));
            uncounted.setFailed(List.copyOf(tally.endedBadly()));
            return new JobStatusBuilder()
                    .withActive(active.isEmpty() ? null : active.size())
                    .withReady((int) active.stream().filter(PodState::ready).count())
                    .withTerminating(terminating)
                    .withSucceeded(tally.counted() == 0 ? null : tally.counted())
                    .withFailed(tally.countedFailed() == 0 ? null : tally.countedFailed())
                    .withCompletedIndexes(
                            tally.completed().size() == 0 ? null : tally.completed().toString())
                    .withFailedIndexes(
                            wish.perIndex() == null ? null : tally.failedIndexes().toString())
                    .withUncountedTerminatedPods(uncounted)
                    .withStartTime(start)
                    .withCompletionTime(completion)
                    .withConditions(conditions.all())
                    .build();
        }

        private String seconds() {
            return now.truncatedTo(ChronoUnit.SECONDS).toString();
        }

        private static Duration shorter(Duration a, Duration b) {
            return a.compareTo(b) < 0 ? a : b;
        }
    }
}

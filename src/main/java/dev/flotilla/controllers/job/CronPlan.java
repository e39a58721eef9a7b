package dev.flotilla.controllers.job;

import dev.flotilla.controllers.job.JobPlan.Told;
import dev.flotilla.controllers.owner.Owners;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a CronJob is to do now, decided without touching anything.
///
/// @param replace jobs that give way to the one that starts
/// @param start the job to start, if it is time
/// @param forget finished jobs that history no longer needs
/// @param status what it says, but for the job that starts
/// @param at the time for which the job starts
/// @param again when to look again
record CronPlan(
        List<Job> replace,
        Optional<Job> start,
        List<Job> forget,
        CronJobStatus status,
        Optional<Instant> at,
        List<Told> told,
        Optional<Duration> again) {
    static final String SCHEDULED = "batch.kubernetes.io/cronjob-scheduled-timestamp";
    private static final int SECONDS_A_MINUTE = 60;

    /// @param jobs those it controls
    static CronPlan of(CronJob cron, List<Job> jobs, Instant now) {
        var told = new ArrayList<Told>();
        var status = status(cron, jobs, told);
        var forget = forgotten(cron, jobs);
        if (Owners.leaving(cron) || Boolean.TRUE.equals(cron.getSpec().getSuspend())) {
            return idle(forget, status, told, Optional.empty());
        }
        CronDue due;
        try {
            due = CronDue.of(cron, schedule(cron), now);
        } catch (CronSchedule.Unreadable e) {
            told.add(new Told(true, e.reason(), String.valueOf(e.getMessage())));
            return idle(forget, status, told, Optional.empty());
        }
        var again = due.next().map(at -> Duration.between(now, at));
        if (due.at().isEmpty()) {
            return idle(forget, status, told, again);
        }
        var at = due.at().get();
        if (due.missed() > CronDue.MANY) {
            told.add(
                    new Told(
                            true,
                            "TooManyMissedTimes",
                            "too many missed start times: 101. Set or decrease"
                                    + " .spec.startingDeadlineSeconds or check clock skew"));
        }
        if (due.late()) {
            told.add(new Told(true, "MissSchedule", "Missed scheduled time to start a job: " + at));
            return idle(forget, status, told, again);
        }
        var running = jobs.stream().filter(j -> listed(status, j)).toList();
        var policy = cron.getSpec().getConcurrencyPolicy();
        if ("Forbid".equals(policy) && !status.getActive().isEmpty()) {
            told.add(
                    new Told(
                            false,
                            "JobAlreadyActive",
                            "Not starting job because prior execution is running and concurrency"
                                    + " policy is Forbid"));
            return idle(forget, status, told, again);
        }
        return new CronPlan(
                "Replace".equals(policy) ? running : List.of(),
                Optional.of(draft(cron, at)),
                forget,
                status,
                Optional.of(at),
                told,
                again);
    }

    /// The status once the job runs.
    CronJobStatus started(Job job) {
        var active =
                new ArrayList<>(
                        status.getActive().stream()
                                .filter(r -> replace.stream().noneMatch(j -> is(r, j)))
                                .toList());
        active.add(reference(job));
        return new CronJobStatusBuilder(status)
                .withActive(active)
                .withLastScheduleTime(at.map(Instant::toString).orElse(null))
                .build();
    }

    private static CronPlan idle(
            List<Job> forget, CronJobStatus status, List<Told> told, Optional<Duration> again) {
        return new CronPlan(
                List.of(), Optional.empty(), forget, status, Optional.empty(), told, again);
    }

    private static CronSchedule schedule(CronJob cron) {
        return CronSchedule.of(
                cron.getSpec().getSchedule(),
                Optional.ofNullable(cron.getSpec().getTimeZone()),
                CronDue.since(cron));
    }

    /// Which jobs run, and when one last succeeded.
    private static CronJobStatus status(CronJob cron, List<Job> jobs, List<Told> told) {
        var before = Objects.requireNonNullElseGet(cron.getStatus(), CronJobStatus::new);
        var active = new ArrayList<ObjectReference>();
        var lastSuccess = before.getLastSuccessfulTime();
        for (var reference : before.getActive()) {
            var job = jobs.stream().filter(j -> is(reference, j)).findFirst();
            if (job.isEmpty()) {
                told.add(
                        new Told(
                                false,
                                "MissingJob",
                                "Active job went missing: " + reference.getName()));
            } else if (JobConditions.finished(job.get()).isPresent()) {
                var end = JobConditions.finished(job.get()).map(JobCondition::getType);
                told.add(
                        new Told(
                                false,
                                "SawCompletedJob",
                                "Saw completed job: %s, condition: %s"
                                        .formatted(name(job.get()), end.orElse(""))));
            } else {
                active.add(reference);
            }
        }
        for (var job : jobs) {
            boolean known = before.getActive().stream().anyMatch(r -> is(r, job));
            if (!known && JobConditions.finished(job).isEmpty() && !Owners.leaving(job)) {
                told.add(
                        new Told(
                                true,
                                "UnexpectedJob",
                                "Saw a job that the controller did not create or forgot: "
                                        + name(job)));
            }
            var done = Jobs.status(job).getCompletionTime();
            if (done != null && (lastSuccess == null || done.compareTo(lastSuccess) > 0)) {
                lastSuccess = done;
            }
        }
        return new CronJobStatusBuilder(before)
                .withActive(active)
                .withLastSuccessfulTime(lastSuccess)
                .build();
    }

    private static List<Job> forgotten(CronJob cron, List<Job> jobs) {
        var spec = cron.getSpec();
        var forgotten = new ArrayList<Job>();
        forgotten.addAll(
                oldest(jobs, JobConditions.COMPLETE, spec.getSuccessfulJobsHistoryLimit(), 3));
        forgotten.addAll(oldest(jobs, JobConditions.FAILED, spec.getFailedJobsHistoryLimit(), 1));
        return forgotten;
    }

    private static List<Job> oldest(
            List<Job> jobs, String end, @Nullable Integer limit, int usual) {
        var ended =
                jobs.stream()
                        .filter(j -> !Owners.leaving(j))
                        .filter(j -> JobConditions.met(j, end).isPresent())
                        .sorted(
                                Comparator.<Job, String>comparing(
                                                j ->
                                                        Objects.requireNonNullElse(
                                                                Jobs.status(j).getStartTime(), ""))
                                        .thenComparing(CronPlan::name))
                        .toList();
        int surplus = ended.size() - Objects.requireNonNullElse(limit, usual);
        return ended.subList(0, Math.max(0, surplus));
    }

    /// The name tells the minute, so that no time starts two jobs.
    private static Job draft(CronJob cron, Instant at) {
        var template = cron.getSpec().getJobTemplate();
        var meta = template.getMetadata();
        var zone = Optional.ofNullable(cron.getSpec().getTimeZone()).map(ZoneId::of);
        var local = at.atZone(zone.orElse(ZoneOffset.UTC)).toOffsetDateTime();
        return new JobBuilder()
                .withNewMetadata()
                .withNamespace(cron.getMetadata().getNamespace())
                .withName(name(cron) + "-" + at.getEpochSecond() / SECONDS_A_MINUTE)
                .withLabels(meta == null ? null : meta.getLabels())
                .withAnnotations(meta == null ? null : meta.getAnnotations())
                .addToAnnotations(
                        SCHEDULED,
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                                local.truncatedTo(ChronoUnit.SECONDS)))
                .withOwnerReferences(Owners.controlledBy(cron))
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }

    private static boolean listed(CronJobStatus status, Job job) {
        return status.getActive().stream().anyMatch(r -> is(r, job));
    }

    private static boolean is(ObjectReference reference, Job job) {
        return Objects.equals(reference.getUid(), job.getMetadata().getUid());
    }

    private static ObjectReference reference(Job job) {
        var meta = job.getMetadata();
        return new ObjectReferenceBuilder()
                .withApiVersion("batch/v1")
                .withKind(Jobs.KIND)
                .withNamespace(meta.getNamespace())
                .withName(meta.getName())
                .withUid(meta.getUid())
                .withResourceVersion(meta.getResourceVersion())
                .build();
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }
}

package dev.flotilla.controllers.job;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Deletion.Owned;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Starts the jobs of each CronJob at their times.
final class CronJobs implements Reconciler {
    private static final String KIND = "CronJob";
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);
    private static final Deletion WITH_PODS = new Deletion(false, null, Owned.BACKGROUND);

    private final Cluster cluster;
    private final Informer<CronJob> crons;
    private final Informer<Job> jobs;
    private final InstantSource time;
    private final EventRecorder events;

    private CronJobs(
            Cluster cluster, Informers informers, InstantSource time, EventRecorder events) {
        this.cluster = cluster;
        this.crons = informers.of(CronJob.class);
        this.jobs = Owners.index(informers.of(Job.class));
        this.time = time;
        this.events = events;
    }

    static Loop loop(
            Cluster cluster, Informers informers, InstantSource time, EventRecorder events) {
        var reconciler = new CronJobs(cluster, informers, time, events);
        var loop = new Loop("cronjobs", reconciler, informers, time);
        reconciler.crons.listen(change -> loop.mark(ObjectKey.of(change.object())));
        reconciler.jobs.listen(
                change -> Owners.controller(change.object(), KIND).ifPresent(loop::mark));
        return loop;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = crons.get(key);
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var cron = found.get();
        var plan = CronPlan.of(cron, Owners.ownedBy(cron, jobs), time.instant());
        for (var job : plan.replace()) {
            remove(cron, job);
        }
        var status = plan.status();
        if (plan.start().isPresent()) {
            var job = start(cron, plan.start().get());
            if (job.isEmpty()) {
                return Outcome.again(AFTER_REFUSAL);
            }
            status = plan.started(job.get());
        }
        if (!written(cron, status)) {
            return Outcome.again(Duration.ZERO);
        }
        for (var told : plan.told()) {
            if (told.warning()) {
                events.warning(cron, told.reason(), told.message());
            } else {
                events.normal(cron, told.reason(), told.message());
            }
        }
        plan.forget().forEach(job -> remove(cron, job));
        return plan.again().map(Outcome::again).orElse(Outcome.SETTLED);
    }

    /// The job, made now or before a crash; empty when it can't be made.
    private Optional<Job> start(CronJob cron, Job draft) {
        return switch (cluster.create(draft)) {
            case Written.Done<Job>(var job) -> {
                events.normal(cron, "SuccessfulCreate", "Created job " + ObjectKey.of(job).name());
                yield Optional.of(job);
            }
            case Written.Conflict<Job> _ ->
                    cluster.get(Job.class, ObjectKey.of(draft))
                            .filter(
                                    j ->
                                            Owners.controller(j)
                                                    .filter(
                                                            o ->
                                                                    o.getUid()
                                                                            .equals(
                                                                                    cron.getMetadata()
                                                                                            .getUid()))
                                                    .isPresent());
            case Written.Refused<Job>(_, var message) -> {
                events.warning(cron, "FailedCreate", "Error creating job: " + message);
                yield Optional.empty();
            }
        };
    }

    private boolean written(CronJob cron, CronJobStatus status) {
        if (status.equals(cron.getStatus())) {
            return true;
        }
        var after = new CronJobBuilder(cron).withStatus(status).build();
        return !(cluster.updateStatus(cron, after) instanceof Written.Conflict);
    }

    private void remove(CronJob cron, Job job) {
        if (cluster.delete(job, WITH_PODS).done()) {
            events.normal(cron, "SuccessfulDelete", "Deleted job " + ObjectKey.of(job).name());
        }
    }
}

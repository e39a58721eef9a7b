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
import dev.flotilla.controllers.owner.Batches;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodClaim;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// Runs the pods of each Job until enough have ended well or too many badly.
final class Jobs implements Reconciler {
    static final String KIND = "Job";
    private static final String OURSELVES = "kubernetes.io/job-controller";
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);

    /// Index: pods that a Job's finalizer holds, by the Job they are or were of.
    private static final String HELD = "held-for-job";

    private final Cluster cluster;
    private final Informer<Job> jobs;
    private final Informer<Pod> pods;
    private final InstantSource time;
    private final Batches batches;
    private final EventRecorder events;

    private Jobs(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            Batches batches,
            EventRecorder events) {
        this.cluster = cluster;
        this.jobs = informers.of(Job.class);
        this.pods = Owners.index(informers.of(Pod.class));
        pods.indexBy(HELD, p -> JobPods.held(p) ? List.of(job(p).toString()) : List.<String>of());
        this.time = time;
        this.batches = batches;
        this.events = events;
    }

    static Loop loop(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            Batches batches,
            EventRecorder events) {
        var reconciler = new Jobs(cluster, informers, time, batches, events);
        var loop = Loop.resting("jobs", reconciler, informers, time);
        reconciler.jobs.listen(change -> loop.mark(ObjectKey.of(change.object())));
        reconciler.pods.listen(change -> reconciler.concerned(change.object()).forEach(loop::mark));
        return loop;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = jobs.get(key).filter(Jobs::ours);
        var uid = found.map(j -> j.getMetadata().getUid()).orElse("");
        pods.by(HELD, key.toString()).stream()
                .filter(p -> Owners.controller(p).filter(o -> o.getUid().equals(uid)).isEmpty())
                .forEach(this::release);
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var job = found.get();
        var claim = claim(job);
        if (claim.changes()) {
            claim.act(cluster, job, JobPods::holding);
            return Outcome.again(Duration.ZERO);
        }
        var now = time.instant();
        if (expired(job)) {
            return cluster.delete(job, new Deletion(true, null, Owned.FOREGROUND)).done()
                    ? Outcome.SETTLED
                    : Outcome.again(AFTER_REFUSAL);
        }
        return act(job, JobPlan.of(job, claim.mine(), now));
    }

    private boolean expired(Job job) {
        return !Owners.leaving(job)
                && JobPlan.expiry(job).filter(at -> !at.isAfter(time.instant())).isPresent();
    }

    private PodClaim claim(Job job) {
        return PodClaim.of(
                job,
                job.getSpec().getSelector(),
                Owners.ownedBy(job, pods),
                Owners.strays(job.getMetadata().getNamespace(), pods),
                _ -> JobConditions.finished(job).isEmpty());
    }

    private Outcome act(Job job, JobPlan plan) {
        boolean conflict = false;
        boolean refused = false;
        for (var pod : plan.dismiss()) {
            conflict |= !release(pod) || !delete(job, pod);
        }
        for (var pod : plan.stop()) {
            conflict |= !delete(job, pod);
        }
        var drafts = conflict ? List.<Pod>of() : plan.make();
        for (var written : batches.slowly(creations(job, drafts))) {
            switch (written) {
                case Written.Done<Pod> _ -> {}
                case Written.Conflict<Pod> _ -> conflict = true;
                case Written.Refused<Pod>(_, var message) -> {
                    events.warning(job, "FailedCreate", "Error creating: " + message);
                    refused = true;
                }
            }
        }
        if (!written(job, plan)) {
            return Outcome.again(Duration.ZERO);
        }
        for (var pod : plan.release()) {
            conflict |= !release(pod);
        }
        if (refused) {
            return Outcome.REFUSED;
        }
        return conflict
                ? Outcome.again(Duration.ZERO)
                : plan.again().map(Outcome::again).orElse(Outcome.SETTLED);
    }

    private List<Supplier<Written<Pod>>> creations(Job job, List<Pod> drafts) {
        return drafts.stream()
                .<Supplier<Written<Pod>>>map(draft -> () -> create(job, draft))
                .toList();
    }

    private Written<Pod> create(Job job, Pod draft) {
        var written = cluster.create(draft);
        if (written instanceof Written.Done<Pod>(var pod)) {
            events.normal(job, "SuccessfulCreate", "Created pod: " + ObjectKey.of(pod).name());
        }
        return written;
    }

    /// @return false when the job has changed meanwhile; then nothing may be released
    private boolean written(Job job, JobPlan plan) {
        if (!plan.status().equals(job.getStatus())) {
            var after = new JobBuilder(job).withStatus(plan.status()).build();
            switch (cluster.updateStatus(job, after)) {
                case Written.Done<Job> _ -> {}
                case Written.Conflict<Job> _ -> {
                    return false;
                }
                case Written.Refused<Job>(var reason, var message) ->
                        throw new IllegalStateException(
                                "the API refuses the status of job %s: %s: %s"
                                        .formatted(ObjectKey.of(job), reason, message));
            }
        }
        plan.told()
                .forEach(
                        t -> {
                            if (t.warning()) {
                                events.warning(job, t.reason(), t.message());
                            } else {
                                events.normal(job, t.reason(), t.message());
                            }
                        });
        return true;
    }

    private boolean delete(Job job, Pod pod) {
        boolean done = cluster.delete(pod, Deletion.GRACEFUL).done();
        if (done) {
            events.normal(job, "SuccessfulDelete", "Deleted pod: " + ObjectKey.of(pod).name());
        }
        return done;
    }

    private boolean release(Pod pod) {
        return !JobPods.held(pod) || cluster.update(pod, JobPods.released(pod)).done();
    }

    private List<ObjectKey> concerned(Pod pod) {
        if (JobPods.held(pod)) {
            return List.of(job(pod));
        }
        return Owners.concerned(pod, KIND, jobs, o -> o.getSpec().getSelector());
    }

    /// The Job that a pod is of, or was of before it was let go.
    private static ObjectKey job(Pod pod) {
        return Owners.controller(pod, KIND)
                .orElseGet(
                        () ->
                                new ObjectKey(
                                        pod.getMetadata().getNamespace(),
                                        Owners.labels(pod).getOrDefault(JobPods.JOB_NAME, "")));
    }

    private static boolean ours(Job job) {
        var manager = job.getSpec().getManagedBy();
        return manager == null || manager.equals(OURSELVES);
    }

    /// An empty status is like none.
    static JobStatus status(Job job) {
        return job.getStatus() == null ? new JobStatus() : job.getStatus();
    }
}

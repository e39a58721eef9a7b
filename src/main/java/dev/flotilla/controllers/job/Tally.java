package dev.flotilla.controllers.job;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The ends of a Job's pods, each counted once.
///
/// The end of a pod is first written into the status by the pod's uid, or by its index; then its
/// finalizer goes; then, when the pod is seen without it, the uid becomes one more of a count, in
/// one write. Dying between any two of these steps changes nothing.
final class Tally {
    private final Job job;
    private final Wish wish;
    private final List<Pod> pods;
    private final List<Pod> release = new ArrayList<>();
    private final Set<String> endedWell = new LinkedHashSet<>();
    private final Set<String> endedBadly = new LinkedHashSet<>();
    private final IndexSet completed;
    private final IndexSet failedIndexes;
    private Optional<String> fatal = Optional.empty();
    private int succeeded;
    private int failed;

    /// @param finishing no more pods will be made
    Tally(Job job, List<Pod> pods, boolean finishing) {
        this.job = job;
        this.wish = Wish.of(job);
        this.pods = pods;
        var status = Objects.requireNonNullElseGet(job.getStatus(), JobStatus::new);
        completed = IndexSet.parse(status.getCompletedIndexes(), wish.indexes());
        failedIndexes = IndexSet.parse(status.getFailedIndexes(), wish.indexes());
        succeeded = Objects.requireNonNullElse(status.getSucceeded(), 0);
        failed = Objects.requireNonNullElse(status.getFailed(), 0);
        settle(status);
        pods.stream().filter(JobPods::held).forEach(pod -> count(pod, finishing));
    }

    /// Those whose finalizer is gone become numbers.
    private void settle(JobStatus status) {
        var uncounted = status.getUncountedTerminatedPods();
        if (uncounted == null) {
            return;
        }
        var held =
                pods.stream()
                        .filter(JobPods::held)
                        .map(p -> p.getMetadata().getUid())
                        .collect(Collectors.toSet());
        for (var uid : uncounted.getSucceeded()) {
            if (held.contains(uid)) {
                endedWell.add(uid);
            } else {
                succeeded++;
            }
        }
        for (var uid : uncounted.getFailed()) {
            if (held.contains(uid)) {
                endedBadly.add(uid);
            } else {
                failed++;
            }
        }
    }

    private void count(Pod pod, boolean finishing) {
        var uid = pod.getMetadata().getUid();
        if (endedWell.contains(uid) || endedBadly.contains(uid)) {
            release.add(pod);
        } else if (JobPods.succeeded(pod)) {
            release.add(pod);
            if (!wish.indexed()) {
                endedWell.add(uid);
            } else if (known(pod)) {
                completed.add(JobPods.index(pod));
            }
        } else if (JobPods.failed(pod, wish.onlyReplaceFailed())) {
            fail(pod, finishing);
        }
    }

    private void fail(Pod pod, boolean finishing) {
        var policy = FailurePolicy.of(job, pod);
        int index = JobPods.index(pod);
        switch (policy.action()) {
            case "Ignore" -> {
                release.add(pod);
                return;
            }
            case "FailJob" -> fatal = fatal.or(() -> Optional.of(policy.message()));
            case "FailIndex" -> {
                if (known(pod)) {
                    failedIndexes.add(index);
                }
            }
            default -> {}
        }
        if (wish.perIndex() != null && known(pod)) {
            if (JobPods.indexFailures(pod) >= wish.perIndex()) {
                failedIndexes.add(index);
            }
            if (!finishing && !settled(index) && !replaced(pod)) {
                // It is what remembers how often its index failed, until its successor does.
                return;
            }
        }
        endedBadly.add(pod.getMetadata().getUid());
        release.add(pod);
    }

    private boolean known(Pod pod) {
        int index = JobPods.index(pod);
        return index >= 0 && index < wish.indexes();
    }

    private boolean replaced(Pod pod) {
        return pods.stream()
                .filter(p -> JobPods.index(p) == JobPods.index(pod))
                .anyMatch(p -> JobPods.indexFailures(p) > JobPods.indexFailures(pod));
    }

    /// Needs no pod any more.
    boolean settled(int index) {
        return completed.contains(index) || failedIndexes.contains(index);
    }

    /// Whose finalizer goes once this stands in the status.
    List<Pod> release() {
        return release;
    }

    /// Those not yet in a count.
    Set<String> endedWell() {
        return endedWell;
    }

    Set<String> endedBadly() {
        return endedBadly;
    }

    IndexSet completed() {
        return completed;
    }

    IndexSet failedIndexes() {
        return failedIndexes;
    }

    /// Why the whole job fails with one pod, if so.
    Optional<String> fatal() {
        return fatal;
    }

    /// In the count that is written; of an indexed job the indexes are what counts.
    int counted() {
        return wish.indexed() ? completed.size() : succeeded;
    }

    int countedFailed() {
        return failed;
    }

    int succeeded() {
        return wish.indexed() ? completed.size() : succeeded + endedWell.size();
    }

    int failed() {
        return failed + endedBadly.size();
    }
}

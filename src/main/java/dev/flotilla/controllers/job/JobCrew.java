package dev.flotilla.controllers.job;

import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Which pods a running Job makes and which it removes.
///
/// @param active those that run or will
record JobCrew(Job job, Wish wish, Tally tally, List<Pod> pods, List<Pod> active, Instant now) {
    /// So many pods at once; the rest at the next look.
    private static final int BURST = 500;

    /// The least useful first.
    private static final Comparator<Pod> LEAST_USEFUL =
            Comparator.<Pod>comparingInt(p -> PodState.node(p) == null ? 0 : 1)
                    .thenComparingInt(p -> PodState.phase(p).equals("Pending") ? 0 : 1)
                    .thenComparingInt(p -> PodState.ready(p) ? 1 : 0)
                    .thenComparing(
                            Comparator.<Pod, String>comparing(
                                            p -> p.getMetadata().getCreationTimestamp())
                                    .reversed())
                    .thenComparing(p -> p.getMetadata().getUid());

    /// @param again when the pods that wait for a failure to be forgotten can be made
    record Change(List<Pod> make, List<Pod> remove, Optional<Duration> again) {
        static final Change NONE = new Change(List.of(), List.of(), Optional.empty());
    }

    Change change() {
        if (wish.suspended()) {
            return new Change(List.of(), active, Optional.empty());
        }
        int wanted = wish.active(tally.succeeded(), active.size());
        var remove = new ArrayList<>(wish.indexed() ? useless() : List.of());
        active.stream()
                .filter(p -> !remove.contains(p))
                .sorted(LEAST_USEFUL)
                .limit(Math.max(0, active.size() - remove.size() - wanted))
                .forEach(remove::add);
        var stay = active.stream().filter(p -> !remove.contains(p)).toList();
        int missing = wanted - stay.size();
        if (wish.onlyReplaceFailed()) {
            missing -= (int) pods.stream().filter(JobPods::terminating).count();
        }
        missing = Math.min(missing, BURST);
        if (missing <= 0) {
            return new Change(List.of(), remove, Optional.empty());
        }
        return wish.indexed() ? indexes(stay, missing, remove) : plain(missing, remove);
    }

    private Change plain(int missing, List<Pod> remove) {
        var wait = JobBackoff.left(pods, wish.onlyReplaceFailed(), now);
        if (wait.isPositive()) {
            return new Change(List.of(), remove, Optional.of(wait));
        }
        var make = new ArrayList<Pod>();
        for (int i = 0; i < missing; i++) {
            make.add(JobDraft.plain(job));
        }
        return new Change(make, remove, Optional.empty());
    }

    private Change indexes(List<Pod> stay, int missing, List<Pod> remove) {
        var taken = new HashSet<Integer>();
        stay.forEach(p -> taken.add(JobPods.index(p)));
        if (wish.onlyReplaceFailed()) {
            pods.stream().filter(JobPods::terminating).forEach(p -> taken.add(JobPods.index(p)));
        }
        var whole = JobBackoff.left(pods, wish.onlyReplaceFailed(), now);
        var make = new ArrayList<Pod>();
        var again = Optional.<Duration>empty();
        for (int i = 0; i < wish.indexes() && make.size() < missing; i++) {
            if (taken.contains(i) || tally.settled(i)) {
                continue;
            }
            int index = i;
            var before = pods.stream().filter(p -> JobPods.index(p) == index).toList();
            var wait =
                    wish.perIndex() == null
                            ? whole
                            : JobBackoff.left(before, wish.onlyReplaceFailed(), now);
            if (wait.isPositive()) {
                again = again.filter(a -> a.compareTo(wait) < 0).or(() -> Optional.of(wait));
            } else {
                make.add(JobDraft.indexed(job, i, failures(before)));
            }
        }
        return new Change(make, remove, again);
    }

    private int failures(List<Pod> pods) {
        return pods.stream()
                .mapToInt(p -> JobPods.indexFailures(p) + (counts(p) ? 1 : 0))
                .max()
                .orElse(0);
    }

    private boolean counts(Pod pod) {
        return JobPods.failed(pod, wish.onlyReplaceFailed())
                && !FailurePolicy.of(job, pod).action().equals("Ignore");
    }

    /// Of an index that is none or needs no pod, or one too many of its index.
    private List<Pod> useless() {
        var seen = new HashSet<Integer>();
        return active.stream()
                .sorted(LEAST_USEFUL.reversed())
                .filter(
                        p -> {
                            int index = JobPods.index(p);
                            return index < 0
                                    || index >= wish.indexes()
                                    || tally.settled(index)
                                    || !seen.add(index);
                        })
                .toList();
    }
}

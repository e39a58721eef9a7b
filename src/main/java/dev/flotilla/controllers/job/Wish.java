package dev.flotilla.controllers.job;

import io.fabric8.kubernetes.api.model.batch.v1.Job;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/// What a Job asks for, with what unsaid means.
///
/// @param completions null when any pod that ends well ends the job
/// @param perIndex how many times one index may fail; null when only all failures together count
record Wish(
        int parallelism,
        @Nullable Integer completions,
        boolean indexed,
        int backoffLimit,
        @Nullable Integer perIndex,
        boolean suspended,
        boolean onlyReplaceFailed) {

    static Wish of(Job job) {
        var spec = job.getSpec();
        return new Wish(
                Objects.requireNonNullElse(spec.getParallelism(), 1),
                spec.getCompletions(),
                "Indexed".equals(spec.getCompletionMode()),
                Objects.requireNonNullElse(spec.getBackoffLimit(), 6),
                spec.getBackoffLimitPerIndex(),
                Boolean.TRUE.equals(spec.getSuspend()),
                "Failed".equals(spec.getPodReplacementPolicy()));
    }

    /// All indexes are below it.
    int indexes() {
        return indexed && completions != null ? completions : 0;
    }

    /// How many pods should run when so many have ended well.
    int active(int succeeded, int now) {
        if (completions == null) {
            return succeeded > 0 ? now : parallelism;
        }
        return Math.max(0, Math.min(completions - succeeded, parallelism));
    }
}

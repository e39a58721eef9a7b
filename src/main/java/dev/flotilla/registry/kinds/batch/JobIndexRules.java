package dev.flotilla.registry.kinds.batch;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

/// What a job's status says of the indexes of its pods.
final class JobIndexRules {
    private static final String COMPLETED = "completedIndexes";
    private static final String FAILED = "failedIndexes";

    private JobIndexRules() {}

    static void check(JobStatus status, Problems problems) {
        var job = status.after();
        boolean perIndex = Tree.has(job, "spec", "backoffLimitPerIndex");
        var completed = Tree.text(status.is(), COMPLETED);
        var failed = Tree.text(status.is(), FAILED);
        if (status.changed(COMPLETED)) {
            readable(status, COMPLETED, problems);
        }
        if (status.changed(FAILED) && perIndex) {
            readable(status, FAILED, problems);
        }
        if (status.changed(COMPLETED) && !completed.isEmpty() && !status.indexed()) {
            problems.invalid(
                    "status." + COMPLETED,
                    completed,
                    "cannot set non-empty completedIndexes when non-indexed completion mode");
        }
        if (status.changed(FAILED) && Tree.has(status.is(), FAILED) && !perIndex) {
            problems.invalid(
                    "status." + FAILED,
                    failed,
                    "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
        }
        if (status.changed(COMPLETED, FAILED) && Tree.has(job, "spec", "completions")) {
            Indexes.overlap(completed, failed, Tree.number(job, 0, "spec", "completions"))
                    .ifPresent(
                            i ->
                                    problems.invalid(
                                            "status." + FAILED,
                                            failed,
                                            "failedIndexes and completedIndexes overlap at index: "
                                                    + i));
        }
    }

    private static void readable(JobStatus status, String field, Problems problems) {
        if (!Tree.has(status.after(), "spec", "completions")) {
            return;
        }
        var text = Tree.text(status.is(), field);
        try {
            long _ = Indexes.count(text, Tree.number(status.after(), 0, "spec", "completions"));
        } catch (Indexes.Malformed e) {
            problems.invalid(
                    "status." + field, text, "error parsing " + field + ": " + e.getMessage());
        }
    }
}

package dev.flotilla.registry.kinds.batch;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import java.util.List;

/// What a job's status, once it says so, goes on saying.
final class JobStatusChanges {
    private static final String CONDITIONS = "status.conditions";

    private JobStatusChanges() {}

    static void check(JobStatus status, Problems problems) {
        for (var type : List.of("Failed", "Complete", "FailureTarget")) {
            if (status.wasMet(type) && !status.met(type)) {
                problems.wrong(
                        CONDITIONS, "cannot disable the terminal " + type + "=True condition");
            }
        }
        counter(status, "failed", problems);
        if (!status.indexed() || !elastic(status)) {
            counter(status, "succeeded", problems);
        }
        times(status, problems);
        if (status.wasMet("SuccessCriteriaMet") && !status.met("SuccessCriteriaMet")) {
            problems.wrong(CONDITIONS, "cannot disable the SuccessCriteriaMet=True condition");
        }
        if (status.wasMet("Complete")
                && !status.wasMet("SuccessCriteriaMet")
                && status.met("SuccessCriteriaMet")) {
            problems.wrong(
                    CONDITIONS,
                    "cannot set SuccessCriteriaMet=True for Job already has Complete=true"
                            + " conditions");
        }
    }

    /// Such a job may have been made smaller, and then fewer of its indexes succeeded.
    private static boolean elastic(JobStatus status) {
        var spec = Tree.at(status.after(), "spec");
        return Tree.same(Tree.at(spec, "completions"), Tree.at(spec, "parallelism"));
    }

    private static void counter(JobStatus status, String name, Problems problems) {
        long is = Tree.number(status.is(), 0, name);
        if (is < Tree.number(status.was(), 0, name)) {
            problems.invalid("status." + name, is, "cannot decrease the " + name + " counter");
        }
    }

    private static void times(JobStatus status, Problems problems) {
        var completed = Tree.text(status.was(), "completionTime");
        var completion = Tree.text(status.is(), "completionTime");
        if (!completion.isEmpty() && !completed.isEmpty() && !completion.equals(completed)) {
            problems.invalid(
                    "status.completionTime", completion, "completionTime cannot be mutated");
        }
        if (Tree.has(status.was(), "startTime")
                && status.changed("startTime")
                && !status.suspended()) {
            problems.required(
                    "status.startTime", "startTime cannot be removed for unsuspended job");
        }
    }
}

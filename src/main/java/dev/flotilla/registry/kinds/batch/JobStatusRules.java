package dev.flotilla.registry.kinds.batch;

import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;

/// How the parts of a job's status have to agree, whichever controller writes it. Most is asked
/// only of what changes.
final class JobStatusRules {
    private static final String CONDITIONS = "status.conditions";

    private JobStatusRules() {}

    static void check(ObjectNode before, ObjectNode after, Problems problems) {
        var status = new JobStatus(before, after);
        var is = status.is();
        Counts.notNegative(
                is, "status", problems, "active", "succeeded", "failed", "ready", "terminating");
        uncounted(status, problems);
        ended(status, problems);
        completionTime(status, problems);
        announced(status, problems);
        finished(status, problems);
        JobIndexRules.check(status, problems);
        pods(status, problems);
        succeeded(status, problems);
        JobStatusChanges.check(status, problems);
    }

    /// Each pod that ended and is not counted yet is named once.
    private static void uncounted(JobStatus status, Problems problems) {
        var seen = new HashSet<String>();
        for (var list : List.of("succeeded", "failed")) {
            int i = 0;
            for (var uid : Tree.texts(status.is(), "uncountedTerminatedPods", list)) {
                var field = "status.uncountedTerminatedPods." + list + "[" + i++ + "]";
                if (uid.isEmpty()) {
                    problems.invalid(field, uid, "must not be empty");
                } else if (!seen.add(uid)) {
                    problems.duplicate(field, uid);
                }
            }
        }
    }

    private static void ended(JobStatus status, Problems problems) {
        if (status.turned("Complete", "Failed") && status.met("Complete", "Failed")) {
            problems.wrong(CONDITIONS, "cannot set Complete=True and Failed=true conditions");
        }
        if (status.turned("Complete", "FailureTarget") && status.met("Complete", "FailureTarget")) {
            problems.wrong(
                    CONDITIONS, "cannot set Complete=True and FailureTarget=true conditions");
        }
    }

    private static void completionTime(JobStatus status, Problems problems) {
        var start = Tree.text(status.is(), "startTime");
        var completion = Tree.text(status.is(), "completionTime");
        var field = "status.completionTime";
        if (status.turned("Complete") || status.changed("completionTime")) {
            if (!completion.isEmpty() && !status.met("Complete")) {
                problems.invalid(
                        field,
                        completion,
                        "cannot set completionTime when there is no Complete=True condition");
            }
            if (completion.isEmpty() && status.met("Complete")) {
                problems.required(field, "completionTime is required for Complete jobs");
            }
        }
        boolean dated = !start.isEmpty() && !completion.isEmpty();
        if (status.changed("startTime", "completionTime")
                && dated
                && completion.compareTo(start) < 0) {
            problems.invalid(field, completion, "completionTime cannot be set before startTime");
        }
    }

    /// The end is told of before it is there.
    private static void announced(JobStatus status, Problems problems) {
        if (status.turned("Failed", "FailureTarget")
                && status.met("Failed")
                && !status.met("FailureTarget")) {
            problems.wrong(
                    CONDITIONS,
                    "cannot set Failed=True condition without the FailureTarget=true condition");
        }
        if (status.turned("Complete", "SuccessCriteriaMet")
                && status.met("Complete")
                && !status.met("SuccessCriteriaMet")) {
            problems.wrong(
                    CONDITIONS,
                    "cannot set Complete=True condition without the SuccessCriteriaMet=true"
                            + " condition");
        }
    }

    private static void finished(JobStatus status, Problems problems) {
        if (!status.finished()) {
            return;
        }
        var is = status.is();
        boolean ends = status.ends();
        if ((ends || status.changed("active")) && Tree.number(is, 0, "active") > 0) {
            problems.invalid(
                    "status.active", Tree.at(is, "active"), "active>0 is invalid for finished job");
        }
        if ((ends || status.changed("startTime")) && !Tree.has(is, "startTime")) {
            problems.required("status.startTime", "startTime is required for finished job");
        }
        var uncounted = Tree.at(is, "uncountedTerminatedPods");
        boolean some =
                !Tree.at(uncounted, "failed").isEmpty()
                        || !Tree.at(uncounted, "succeeded").isEmpty();
        if ((ends || status.changed("uncountedTerminatedPods")) && some) {
            problems.invalid(
                    "status.uncountedTerminatedPods",
                    uncounted,
                    "uncountedTerminatedPods needs to be empty for finished job");
        }
    }

    private static void pods(JobStatus status, Problems problems) {
        var is = status.is();
        if ((status.ends() || status.changed("terminating"))
                && status.finished()
                && Tree.number(is, 0, "terminating") > 0) {
            problems.invalid(
                    "status.terminating",
                    Tree.at(is, "terminating"),
                    "terminating>0 is invalid for finished job");
        }
        if (status.changed("ready", "active")
                && Tree.number(is, 0, "ready") > Tree.number(is, 0, "active")) {
            problems.invalid(
                    "status.ready", Tree.at(is, "ready"), "cannot set more ready pods than active");
        }
    }

    private static void succeeded(JobStatus status, Problems problems) {
        for (var type : List.of("Failed", "FailureTarget")) {
            if (status.met("SuccessCriteriaMet", type)) {
                problems.wrong(
                        CONDITIONS,
                        "cannot set SuccessCriteriaMet=True and " + type + "=true conditions");
            }
        }
        if (Tree.has(status.after(), "spec", "successPolicy")
                && !status.met("SuccessCriteriaMet")
                && status.met("Complete")) {
            problems.wrong(
                    CONDITIONS,
                    "cannot set Complete=True for Job with SuccessPolicy unless"
                            + " SuccessCriteriaMet=True");
        }
    }
}

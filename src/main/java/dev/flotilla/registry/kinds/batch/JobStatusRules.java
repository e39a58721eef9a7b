package dev.flotilla.registry.kinds.batch;

import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// How the parts of a job's status have to agree, whichever controller writes it.
final class JobStatusRules {
    private static final String CONDITIONS = "status.conditions";

    private JobStatusRules() {}

    static void check(ObjectNode before, ObjectNode after, Problems problems) {
        var was = Tree.at(before, "status");
        var is = Tree.at(after, "status");
        Counts.notNegative(
                is, "status", problems, "active", "succeeded", "failed", "ready", "terminating");
        conditions(is, problems);
        times(was, is, Tree.isTrue(after, "spec", "suspend"), problems);
        if (met(is, "Complete") || met(is, "Failed")) {
            finished(is, problems);
        }
        indexes(after, problems);
        if (Tree.number(is, 0, "ready") > Tree.number(is, 0, "active")) {
            problems.invalid(
                    "status.ready", Tree.at(is, "ready"), "cannot set more ready pods than active");
        }
        changes(was, is, problems);
    }

    private static void conditions(JsonNode is, Problems problems) {
        exclude(is, "Complete", "Failed", "cannot set Complete=True and Failed=true", problems);
        exclude(
                is,
                "Complete",
                "FailureTarget",
                "cannot set Complete=True and FailureTarget=true",
                problems);
        exclude(
                is,
                "SuccessCriteriaMet",
                "Failed",
                "cannot set SuccessCriteriaMet=True and Failed=true",
                problems);
        exclude(
                is,
                "SuccessCriteriaMet",
                "FailureTarget",
                "cannot set SuccessCriteriaMet=True and FailureTarget=true",
                problems);
        if (met(is, "Failed") && !met(is, "FailureTarget")) {
            problems.wrong(
                    CONDITIONS,
                    "cannot set Failed=True condition without the FailureTarget=true condition");
        }
        if (met(is, "Complete") && !met(is, "SuccessCriteriaMet")) {
            problems.wrong(
                    CONDITIONS,
                    "cannot set Complete=True condition without the SuccessCriteriaMet=true"
                            + " condition");
        }
    }

    private static void exclude(
            JsonNode is, String one, String other, String why, Problems problems) {
        if (met(is, one) && met(is, other)) {
            problems.wrong(CONDITIONS, why + " conditions");
        }
    }

    private static void times(JsonNode was, JsonNode is, boolean suspended, Problems problems) {
        var start = Tree.text(is, "startTime");
        var completion = Tree.text(is, "completionTime");
        var field = "status.completionTime";
        if (!completion.isEmpty() && !met(is, "Complete")) {
            problems.invalid(
                    field,
                    completion,
                    "cannot set completionTime when there is no Complete=True condition");
        }
        if (completion.isEmpty() && met(is, "Complete")) {
            problems.required(field, "completionTime is required for Complete jobs");
        }
        if (!start.isEmpty() && !completion.isEmpty() && completion.compareTo(start) < 0) {
            problems.invalid(field, completion, "completionTime cannot be set before startTime");
        }
        var completed = Tree.text(was, "completionTime");
        if (!completion.isEmpty() && !completed.isEmpty() && !completion.equals(completed)) {
            problems.invalid(field, completion, "completionTime cannot be mutated");
        }
        var started = Tree.text(was, "startTime");
        if (!started.isEmpty() && !started.equals(start) && !suspended) {
            problems.required(
                    "status.startTime", "startTime cannot be removed for unsuspended job");
        }
    }

    private static void finished(JsonNode is, Problems problems) {
        if (Tree.number(is, 0, "active") > 0) {
            problems.invalid(
                    "status.active", Tree.at(is, "active"), "active>0 is invalid for finished job");
        }
        if (!Tree.has(is, "startTime")) {
            problems.required("status.startTime", "startTime is required for finished job");
        }
        var uncounted = Tree.at(is, "uncountedTerminatedPods");
        if (!Tree.at(uncounted, "failed").isEmpty() || !Tree.at(uncounted, "succeeded").isEmpty()) {
            problems.invalid(
                    "status.uncountedTerminatedPods",
                    uncounted,
                    "uncountedTerminatedPods needs to be empty for finished job");
        }
        if (Tree.number(is, 0, "terminating") > 0) {
            problems.invalid(
                    "status.terminating",
                    Tree.at(is, "terminating"),
                    "terminating>0 is invalid for finished job");
        }
    }

    private static void indexes(ObjectNode job, Problems problems) {
        var completed = Tree.text(job, "status", "completedIndexes");
        if (!completed.isEmpty() && !Tree.text(job, "spec", "completionMode").equals("Indexed")) {
            problems.invalid(
                    "status.completedIndexes",
                    completed,
                    "cannot set non-empty completedIndexes when non-indexed completion mode");
        }
        if (Tree.has(job, "status", "failedIndexes")
                && !Tree.has(job, "spec", "backoffLimitPerIndex")) {
            problems.invalid(
                    "status.failedIndexes",
                    Tree.text(job, "status", "failedIndexes"),
                    "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
        }
        for (var field : List.of("completedIndexes", "failedIndexes")) {
            var text = Tree.text(job, "status", field);
            try {
                long _ =
                        Indexes.count(
                                text, Tree.number(job, Long.MAX_VALUE, "spec", "completions"));
            } catch (Indexes.Malformed e) {
                problems.invalid(
                        "status." + field, text, "error parsing " + field + ": " + e.getMessage());
            }
        }
    }

    private static void changes(JsonNode was, JsonNode is, Problems problems) {
        for (var type : List.of("Failed", "Complete", "FailureTarget")) {
            if (met(was, type) && !met(is, type)) {
                problems.wrong(
                        CONDITIONS, "cannot disable the terminal " + type + "=True condition");
            }
        }
        for (var counter : List.of("failed", "succeeded")) {
            if (Tree.number(is, 0, counter) < Tree.number(was, 0, counter)) {
                problems.invalid(
                        "status." + counter,
                        Tree.number(is, 0, counter),
                        "cannot decrease the " + counter + " counter");
            }
        }
        if (met(was, "SuccessCriteriaMet") && !met(is, "SuccessCriteriaMet")) {
            problems.wrong(CONDITIONS, "cannot disable the SuccessCriteriaMet=True condition");
        }
    }

    private static boolean met(JsonNode status, String type) {
        return Tree.objects(status, "conditions").stream()
                .anyMatch(
                        c ->
                                Tree.text(c, "type").equals(type)
                                        && Tree.text(c, "status").equals("True"));
    }
}

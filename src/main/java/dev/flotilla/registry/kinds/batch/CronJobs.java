package dev.flotilla.registry.kinds.batch;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.kinds.pod.Templates;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.table.JobCells;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Starts a job at times.
final class CronJobs implements Kind {
    private static final ResourceType TYPE =
            Types.of("batch/v1", "cronjobs", CronJob.class)
                    .shortNames("cj")
                    .inAll()
                    .status()
                    .build();
    private static final List<String> CONCURRENCY = List.of("Allow", "Forbid", "Replace");

    /// A job's name is this one's and a time, and no longer than a label's value.
    private static final int LONGEST_NAME = 52;

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public boolean generation() {
        return true;
    }

    @Override
    public void defaults(ObjectNode object) {
        var spec = Tree.child(object, "spec");
        Tree.setDefault(spec, "concurrencyPolicy", "Allow");
        Tree.setDefault(spec, "suspend", false);
        Tree.setDefault(spec, "successfulJobsHistoryLimit", 3);
        Tree.setDefault(spec, "failedJobsHistoryLimit", 1);
        var job = Tree.child(Tree.child(spec, "jobTemplate"), "spec");
        Templates.fillTemplate(job);
        JobDefaults.fillRules(job);
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        object.putObject("status");
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        var spec = Tree.at(object, "spec");
        var schedule = Tree.text(spec, "schedule");
        if (schedule.isEmpty()) {
            problems.required("spec.schedule", "");
        } else {
            CronSchedules.refusal(schedule)
                    .ifPresent(why -> problems.invalid("spec.schedule", schedule, why));
            if (schedule.contains("TZ")) {
                problems.invalid(
                        "spec.schedule",
                        schedule,
                        "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
            }
        }
        Counts.notNegative(spec, "spec", problems, "startingDeadlineSeconds");
        if (Tree.has(spec, "timeZone")) {
            var zone = Tree.text(spec, "timeZone");
            TimeZones.refusals(zone).forEach(why -> problems.invalid("spec.timeZone", zone, why));
        }
        if (!CONCURRENCY.contains(Tree.text(spec, "concurrencyPolicy"))) {
            problems.notOneOf(
                    "spec.concurrencyPolicy", Tree.at(spec, "concurrencyPolicy"), CONCURRENCY);
        }
        job(object, problems);
        Counts.notNegative(
                spec, "spec", problems, "successfulJobsHistoryLimit", "failedJobsHistoryLimit");
    }

    @Override
    public void validateCreate(ObjectNode object, Problems problems) {
        var name = Tree.text(object, "metadata", "name");
        if (name.length() > LONGEST_NAME) {
            problems.invalid("metadata.name", name, "must be no more than 52 characters");
        }
    }

    private static void job(ObjectNode object, Problems problems) {
        var job = Tree.at(object, "spec", "jobTemplate", "spec");
        var at = "spec.jobTemplate.spec";
        JobRules.check(job, at, problems);
        if (Tree.has(job, "selector")) {
            problems.invalid(
                    at + ".selector",
                    Tree.at(job, "selector"),
                    "`selector` will be auto-generated");
        }
        if (Tree.isTrue(job, "manualSelector")) {
            problems.notOneOf(
                    at + ".manualSelector",
                    Tree.at(job, "manualSelector"),
                    List.of("nil", "false"));
        }
    }

    @Override
    public List<Column> columns() {
        return JobCells.CRON_COLUMNS;
    }
}

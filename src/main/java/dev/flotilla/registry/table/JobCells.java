package dev.flotilla.registry.table;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The rows of jobs, and of what starts them.
public final class JobCells {
    public static final List<Column> COLUMNS =
            List.of(
                    Column.NAME,
                    Column.text("Status", "What it is at, in a word.", (o, _) -> status(o)),
                    Column.text("Completions", "Pods that ended well, of all.", (o, _) -> ended(o)),
                    Column.text("Duration", "How long it took so far.", JobCells::duration),
                    Column.AGE,
                    TemplateCells.CONTAINERS,
                    TemplateCells.IMAGES,
                    TemplateCells.SELECTOR);

    public static final List<Column> CRON_COLUMNS =
            List.of(
                    Column.NAME,
                    Column.text(
                            "Schedule",
                            "When it is due.",
                            (o, _) -> Tree.text(o, "spec", "schedule")),
                    Column.text("Timezone", "Where it is due then.", (o, _) -> zone(o)),
                    new Column(
                            "Suspend",
                            "boolean",
                            "",
                            "Whether it rests.",
                            0,
                            (o, _) -> Tree.isTrue(o, "spec", "suspend") ? "True" : "False"),
                    Column.integer(
                            "Active",
                            "Its jobs that run.",
                            (o, _) -> Tree.at(o, "status", "active").size()),
                    Column.text("Last Schedule", "When it was due last.", JobCells::last),
                    Column.AGE,
                    Column.wide(
                            "Containers", "Names of its containers.", (o, _) -> each(o, "name")),
                    Column.wide("Images", "Images of its containers.", (o, _) -> each(o, "image")),
                    Column.wide(
                            "Selector",
                            "What its pods are known by.",
                            (o, _) ->
                                    Selectors.text(
                                            Tree.at(
                                                    o,
                                                    "spec",
                                                    "jobTemplate",
                                                    "spec",
                                                    "selector"))));

    private JobCells() {}

    private static String status(ObjectNode job) {
        if (met(job, "Complete")) {
            return "Complete";
        }
        if (met(job, "Failed")) {
            return "Failed";
        }
        if (Tree.has(job, "metadata", "deletionTimestamp")) {
            return "Terminating";
        }
        if (met(job, "Suspended")) {
            return "Suspended";
        }
        return met(job, "FailureTarget") ? "FailureTarget" : "Running";
    }

    private static boolean met(ObjectNode job, String type) {
        return Tree.objects(job, "status", "conditions").stream()
                .anyMatch(
                        c ->
                                Tree.text(c, "type").equals(type)
                                        && Tree.text(c, "status").equals("True"));
    }

    private static String ended(ObjectNode job) {
        long succeeded = Tree.number(job, 0, "status", "succeeded");
        if (Tree.has(job, "spec", "completions")) {
            return succeeded + "/" + Tree.number(job, 0, "spec", "completions");
        }
        long parallelism = Tree.number(job, 0, "spec", "parallelism");
        return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
    }

    private static String duration(ObjectNode job, Instant now) {
        var start = Tree.text(job, "status", "startTime");
        if (start.isEmpty()) {
            return "";
        }
        var end = Tree.text(job, "status", "completionTime");
        try {
            var until = end.isEmpty() ? now : Instant.parse(end);
            return Ages.human(Duration.between(Instant.parse(start), until));
        } catch (DateTimeParseException e) {
            return "<unknown>";
        }
    }

    private static String zone(ObjectNode cron) {
        return Tree.has(cron, "spec", "timeZone") ? Tree.text(cron, "spec", "timeZone") : "<none>";
    }

    private static String last(ObjectNode cron, Instant now) {
        var last = Tree.text(cron, "status", "lastScheduleTime");
        return last.isEmpty() ? "<none>" : Ages.since(last, now);
    }

    private static String each(ObjectNode cron, String field) {
        Function<ObjectNode, String> read = c -> Tree.text(c, field);
        return Tree.objects(cron, "spec", "jobTemplate", "spec", "template", "spec", "containers")
                .stream()
                .map(read)
                .collect(Collectors.joining(","));
    }
}

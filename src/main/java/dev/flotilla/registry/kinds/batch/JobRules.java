package dev.flotilla.registry.kinds.batch;

import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.PrefixedPaths;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kinds.pod.Templates;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.List;

/// What a job's spec must not say, whether it is a job's own or a CronJob's template of one.
final class JobRules {
    private static final long MOST = 100_000;
    private static final long MOST_OF_MANY = 10_000;
    private static final int LONGEST_MANAGER = 63;
    private static final List<String> MODES = List.of("NonIndexed", "Indexed");
    private static final List<String> RESTART = List.of("OnFailure", "Never");

    private JobRules() {}

    /// @param at where the spec is
    static void check(JsonNode spec, String at, Problems problems) {
        Counts.notNegative(
                spec,
                at,
                problems,
                "parallelism",
                "completions",
                "activeDeadlineSeconds",
                "backoffLimit",
                "ttlSecondsAfterFinished",
                "backoffLimitPerIndex",
                "maxFailedIndexes");
        if (Tree.has(spec, "maxFailedIndexes") && !Tree.has(spec, "backoffLimitPerIndex")) {
            problems.required(at + ".backoffLimitPerIndex", "when maxFailedIndexes is specified");
        }
        manager(spec, at, problems);
        var mode = Tree.text(spec, "completionMode");
        if (!mode.isEmpty() && !MODES.contains(mode)) {
            problems.notOneOf(at + ".completionMode", Tree.at(spec, "completionMode"), MODES);
        }
        if (mode.equals("Indexed")) {
            indexed(spec, at, problems);
        } else if (mode.isEmpty() || mode.equals("NonIndexed")) {
            for (var field : List.of("backoffLimitPerIndex", "maxFailedIndexes")) {
                if (Tree.has(spec, field)) {
                    problems.invalid(
                            at + "." + field,
                            Tree.at(spec, field),
                            "requires indexed completion mode");
                }
            }
        }
        JobPolicies.check(spec, at, problems);
        Templates.checkTemplate(Tree.at(spec, "template"), at + ".template", problems);
        restart(spec, at + ".template.spec.restartPolicy", problems);
    }

    private static void manager(JsonNode spec, String at, Problems problems) {
        if (!Tree.has(spec, "managedBy")) {
            return;
        }
        var manager = Tree.text(spec, "managedBy");
        var field = at + ".managedBy";
        PrefixedPaths.check(manager, field, problems);
        if (manager.length() > LONGEST_MANAGER) {
            problems.tooLong(field, LONGEST_MANAGER);
        }
    }

    private static void indexed(JsonNode spec, String at, Problems problems) {
        long completions = Tree.number(spec, -1, "completions");
        long parallelism = Tree.number(spec, 0, "parallelism");
        long failed = Tree.number(spec, -1, "maxFailedIndexes");
        if (!Tree.has(spec, "completions")) {
            problems.required(at + ".completions", "when completion mode is Indexed");
        }
        if (parallelism > MOST) {
            problems.invalid(
                    at + ".parallelism",
                    parallelism,
                    "must be less than or equal to 100000 when completion mode is Indexed");
        }
        if (completions >= 0 && failed > completions) {
            problems.invalid(
                    at + ".maxFailedIndexes", failed, "must be less than or equal to completions");
        }
        if (failed > MOST) {
            problems.invalid(
                    at + ".maxFailedIndexes", failed, "must be less than or equal to 100000");
        }
        if (completions > MOST && Tree.has(spec, "backoffLimitPerIndex")) {
            many(at, parallelism, failed, problems);
        }
    }

    private static void many(String at, long parallelism, long failed, Problems problems) {
        if (failed < 0) {
            problems.required(
                    at + ".maxFailedIndexes", "must be specified when completions is above 100000");
        }
        var why =
                "must be less than or equal to 10000 when completions are above 100000 and used"
                        + " with backoff limit per index";
        if (parallelism > MOST_OF_MANY) {
            problems.invalid(at + ".parallelism", parallelism, why);
        }
        if (failed > MOST_OF_MANY) {
            problems.invalid(at + ".maxFailedIndexes", failed, why);
        }
    }

    private static void restart(JsonNode spec, String field, Problems problems) {
        var restart = Tree.text(spec, "template", "spec", "restartPolicy");
        if (restart.isEmpty() || restart.equals("Always")) {
            problems.required(field, "valid values: \"OnFailure\", \"Never\"");
        } else if (!RESTART.contains(restart)) {
            problems.notOneOf(field, Tree.at(spec, "template", "spec", "restartPolicy"), RESTART);
        } else if (Tree.has(spec, "podFailurePolicy") && !restart.equals("Never")) {
            problems.invalid(
                    field,
                    restart,
                    "only \"Never\" is supported when podFailurePolicy is specified");
        }
    }
}

package dev.flotilla.registry.kinds.batch;

import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// When a job is said to have failed or to have succeeded before all its pods have ended.
final class JobPolicies {
    private static final int MOST_RULES = 20;
    private static final int LONGEST_INDEXES = 64 * 1024;
    private static final List<String> REPLACEMENT = List.of("Failed", "TerminatingOrFailed");

    private JobPolicies() {}

    static void check(JsonNode spec, String at, Problems problems) {
        boolean failure = Tree.has(spec, "podFailurePolicy");
        if (failure) {
            FailurePolicies.check(spec, at + ".podFailurePolicy.rules", problems);
        }
        if (Tree.has(spec, "successPolicy")) {
            if (Tree.text(spec, "completionMode").equals("Indexed")) {
                success(spec, at + ".successPolicy.rules", problems);
            } else {
                problems.invalid(
                        at + ".successPolicy",
                        Tree.at(spec, "successPolicy"),
                        "requires indexed completion mode");
            }
        }
        var replacement = Tree.text(spec, "podReplacementPolicy");
        var allowed = failure ? List.of("Failed") : REPLACEMENT;
        if (!replacement.isEmpty() && !allowed.contains(replacement)) {
            problems.notOneOf(
                    at + ".podReplacementPolicy", Tree.at(spec, "podReplacementPolicy"), allowed);
        }
    }

    private static void success(JsonNode spec, String at, Problems problems) {
        var rules = Tree.objects(spec, "successPolicy", "rules");
        if (rules.isEmpty()) {
            problems.required(
                    at, "at least one rules must be specified when the successPolicy is specified");
        }
        if (rules.size() > MOST_RULES) {
            problems.tooMany(at, rules.size(), MOST_RULES);
        }
        for (int i = 0; i < rules.size(); i++) {
            success(
                    rules.get(i),
                    at + "[" + i + "]",
                    Tree.number(spec, 0, "completions"),
                    problems);
        }
    }

    private static void success(ObjectNode rule, String at, long completions, Problems problems) {
        boolean counted = Tree.has(rule, "succeededCount");
        boolean named = Tree.has(rule, "succeededIndexes");
        if (!counted && !named) {
            problems.required(
                    at, "at least one of succeededCount or succeededIndexes must be specified");
        }
        long indexes = named ? indexes(rule, at, completions, problems) : 0;
        long count = Tree.number(rule, 0, "succeededCount");
        Counts.notNegative(rule, at, problems, "succeededCount");
        if (count > completions) {
            problems.invalid(
                    at + ".succeededCount",
                    count,
                    "must be less than or equal to %d (the number of specified completions)"
                            .formatted(completions));
        }
        if (named && count > indexes) {
            problems.invalid(
                    at + ".succeededCount",
                    count,
                    ("must be less than or equal to %d (the number of indexes in the specified"
                                    + " succeededIndexes field)")
                            .formatted(indexes));
        }
    }

    private static long indexes(ObjectNode rule, String at, long completions, Problems problems) {
        var text = Tree.text(rule, "succeededIndexes");
        if (text.length() > LONGEST_INDEXES) {
            problems.tooLong(at + ".succeededIndexes", LONGEST_INDEXES);
        }
        try {
            return Indexes.count(text, completions);
        } catch (Indexes.Malformed e) {
            problems.invalid(
                    at + ".succeededIndexes",
                    text,
                    "error parsing succeededIndexes: " + e.getMessage());
            return 0;
        }
    }
}
